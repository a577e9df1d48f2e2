# One image for all of FashionSweep: `fsweep coordinator`, `fsweep node` and every other verb. See docs/cluster.md.
#
#   docker build -t fashionsweep .
#   docker build --build-arg ENGINE=torchsharp -t fashionsweep .      with libtorch, 480 MB more: see docs/engines.md

# The official images are Ubuntu 24.04. Any Debian or Ubuntu with the .NET 10 SDK, or ASP.NET's runtime, will do in their place.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0

FROM ${SDK_IMAGE} AS build
ARG ENGINE=
WORKDIR /source
# Only what names packages: a change of the sources restores nothing anew.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Shared/Shared.csproj src/Shared/packages.lock.json src/Shared/
COPY src/Search/Search.csproj src/Search/packages.lock.json src/Search/
COPY src/Training/Training.csproj src/Training/packages.lock.json src/Training/
COPY src/TrainerNode/TrainerNode.csproj src/TrainerNode/packages.lock.json src/TrainerNode/
COPY src/Coordinator/Coordinator.csproj src/Coordinator/*.targets src/Coordinator/packages.lock.json src/Coordinator/
COPY src/Training.Torch/Training.Torch.csproj src/Training.Torch/packages.lock.json src/Training.Torch/
RUN dotnet restore src/Coordinator --locked-mode && dotnet restore src/TrainerNode --locked-mode \
 && { [ -z "$ENGINE" ] || dotnet restore src/Training.Torch --locked-mode; }
COPY .editorconfig ./
COPY deploy/publish deploy/
COPY src src
RUN deploy/publish /app $ENGINE

FROM ${RUNTIME_IMAGE} AS runtime
# oneDNN and the images of Fashion-MNIST, by the names that they have in the base's release.
COPY build/packages.sh /tmp/
RUN bash -euc '. /tmp/packages.sh && apt_install onednn && { apt_install dataset || true; }' \
 && rm -rf /tmp/packages.sh /var/lib/apt/lists/* /var/cache/apt/* /var/log/* /usr/share/doc/* /usr/share/man/* \
 && install -d -o 1654 -g 1654 /var/lib/fashionsweep
COPY deploy/container/health /usr/local/bin/fsweep-health
COPY --from=build /app /opt/fashionsweep
# A release without the package of images gets them from their own address.
RUN ln -s /opt/fashionsweep/fsweep /usr/local/bin/fsweep \
 && { [ -d /usr/share/datasets/fashion-mnist ] || fsweep data fetch --to /usr/share/datasets/fashion-mnist; }

LABEL org.opencontainers.image.title="FashionSweep" \
      org.opencontainers.image.description="Distributed hyperparameter sweeps for .NET" \
      org.opencontainers.image.licenses="MIT"
# ASPNETCORE_HTTP_PORTS is set in the official image; nothing may listen that was not told to. Diagnostics would need to write to /tmp.
ENV ASPNETCORE_HTTP_PORTS= DOTNET_EnableDiagnostics=0
# The official image's own user. Nothing but the store is written to: a read-only root is fine.
USER 1654:1654
WORKDIR /var/lib/fashionsweep
VOLUME /var/lib/fashionsweep
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["fsweep-health"]
ENTRYPOINT ["fsweep"]
CMD ["--help"]

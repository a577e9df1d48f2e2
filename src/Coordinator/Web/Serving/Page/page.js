// The page of a served model: what is drawn or dropped goes to the server as 784 bytes, and comes back as bars.

const Side = 28;
const byId = id => document.getElementById(id);
const [canvas, frame, cursor] = ['image', 'frame', 'cursor'].map(byId);
const pen = canvas.getContext('2d', { willReadFrequently: true });

let token = sessionStorage.getItem('token');

// The server

async function ask(path, options = {}) {
  const headers = { ...options.headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(path, { ...options, headers });
  if (response.ok) return response.json();
  if (response.status === 401) byId('access').hidden = false;
  throw new Error((await response.json().catch(() => null))?.detail ?? `the server answered ${response.status}`);
}

function tell(fault) {
  byId('fault').hidden = !fault;
  byId('fault').textContent = fault instanceof TypeError ? 'The server can’t be reached: it may have been stopped.' : fault?.message ?? '';
}

async function introduce() {
  try {
    const model = await ask('v1/model');
    byId('access').hidden = true;
    byId('model').textContent = document.title = model.name;
    const share = value => `${(100 * value).toFixed(2)} %`;
    const members = model.members.length > 1 ? ` · ${model.members.length} models` : '';
    byId('scores').textContent = `right on ${share(model.validation_accuracy)} of the validation images, ${share(model.test_accuracy)} of the test images${members}`;
    makeBars(model.classes);
    showExamples(await ask('v1/examples'));
    tell(null);
    predict();
  } catch (fault) {
    byId('scores').textContent = '';
    tell(fault);
  }
}

byId('access').addEventListener('submit', submitted => {
  submitted.preventDefault();
  token = byId('token').value;
  sessionStorage.setItem('token', token);
  introduce();
});

// The answer

const bars = new Map();

function makeBars(classes) {
  byId('classes').replaceChildren(...classes.map(name => {
    const row = document.createElement('li');
    const part = (kind, text) => Object.assign(document.createElement('span'), { className: kind, textContent: text });
    const track = Object.assign(document.createElement('div'), { className: 'track' });
    const bar = Object.assign(document.createElement('div'), { className: 'bar' });
    const share = part('share', '–');
    track.setAttribute('aria-hidden', 'true');
    track.append(bar);
    row.append(part('class', name), track, share);
    bars.set(name, { row, bar, share });
    return row;
  }));
}

function show(prediction) {
  for (const [name, { row, bar, share }] of bars) {
    const value = prediction?.probabilities[name] ?? 0;
    bar.style.width = `${100 * value}%`;
    share.textContent = prediction ? `${(100 * value).toFixed(1)} %` : '–';
    row.classList.toggle('best', name === prediction?.predicted);
  }
  byId('verdict').textContent = prediction ? `${prediction.predicted}, ${Math.round(100 * prediction.confidence)} %` : 'nothing yet';
  byId('verdict').classList.toggle('none', !prediction);
}

// One request at a time: what is drawn meanwhile goes with the next.
let asking = false;
let waiting = false;

async function predict() {
  if (asking) return waiting = true;
  const grey = pixels();
  const isEmpty = grey.every(value => value === 0);
  byId('empty').hidden = !isEmpty;
  if (isEmpty) return show(null);
  asking = true;
  try {
    const answer = await ask('v1/predict', { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: grey });
    show(answer.predictions[0]);
    tell(null);
  } catch (fault) {
    tell(fault);
  }
  asking = false;
  if (!waiting) return;
  waiting = false;
  predict();
}

// The image

function pixels() {
  const { data } = pen.getImageData(0, 0, Side, Side);
  return Uint8Array.from({ length: Side * Side }, (_, i) => Math.round(0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]));
}

function put(grey) {
  pen.putImageData(imageOf(grey), 0, 0);
  predict();
}

function clear() {
  pen.fillStyle = '#000';
  pen.fillRect(0, 0, Side, Side);
  predict();
}

function stroke(from, to) {
  const tone = document.querySelector('[name=tone]:checked').value;
  pen.strokeStyle = `rgb(${tone} ${tone} ${tone})`;
  pen.lineWidth = byId('size').value;
  pen.lineCap = pen.lineJoin = 'round';
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  // A line of no length draws nothing.
  pen.lineTo(to.x + 0.01, to.y);
  pen.stroke();
  predict();
}

// Its shape is kept. What lies on white is turned around, for the model knows it on black.
async function open(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Side / Math.max(picture.width, picture.height);
    const [width, height] = [picture.width * scale, picture.height * scale];
    const [left, top] = [(Side - width) / 2, (Side - height) / 2];
    const drawOn = ground => {
      pen.fillStyle = ground;
      pen.fillRect(0, 0, Side, Side);
      pen.imageSmoothingQuality = 'high';
      pen.drawImage(picture, left, top, width, height);
      return pixels();
    };
    const onBlack = drawOn('#000');
    const [xs, ys] = [[Math.ceil(left), Math.floor(left + width) - 1], [Math.ceil(top), Math.floor(top + height) - 1]];
    const corners = xs.flatMap(x => ys.map(y => onBlack[y * Side + x]));
    put(corners.filter(value => value > 127).length > 2 ? drawOn('#fff').map(value => 255 - value) : onBlack);
    picture.close();
  } catch {
    tell(new Error(`${file.name || 'this'} is no image that the browser can read`));
  }
}

function imageOf(grey) {
  const image = new ImageData(Side, Side);
  grey.forEach((value, i) => image.data.set([value, value, value, 255], 4 * i));
  return image;
}

function showExamples(examples) {
  byId('examples').hidden = examples.length === 0;
  byId('tiles').replaceChildren(...examples.map(example => {
    const grey = Uint8Array.from(atob(example.pixels), letter => letter.charCodeAt(0));
    const tile = Object.assign(document.createElement('canvas'), { width: Side, height: Side });
    tile.getContext('2d').putImageData(imageOf(grey), 0, 0);
    const button = Object.assign(document.createElement('button'), { type: 'button', title: example.class });
    button.setAttribute('aria-label', example.class);
    button.append(tile);
    button.addEventListener('click', () => put(grey));
    return button;
  }));
}

// Mouse, pen and touch

let last = null;

function place(pointed) {
  const box = canvas.getBoundingClientRect();
  return { x: (pointed.clientX - box.left) / box.width * Side, y: (pointed.clientY - box.top) / box.height * Side };
}

canvas.addEventListener('pointerdown', pointed => {
  if (pointed.button !== 0) return;
  canvas.setPointerCapture(pointed.pointerId);
  last = place(pointed);
  stroke(last, last);
});

canvas.addEventListener('pointermove', pointed => {
  if (!last) return;
  for (const one of pointed.getCoalescedEvents?.() ?? [pointed]) {
    const next = place(one);
    stroke(last, next);
    last = next;
  }
});

for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => last = null);

// Keyboard

const at = { x: 13, y: 13 };
const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const middle = () => ({ x: at.x + 0.5, y: at.y + 0.5 });

function showCursor() {
  cursor.hidden = false;
  cursor.style.left = `${100 * at.x / Side}%`;
  cursor.style.top = `${100 * at.y / Side}%`;
}

canvas.addEventListener('keydown', pressed => {
  const move = moves[pressed.key];
  if (!move && pressed.key !== ' ') return;
  pressed.preventDefault();
  const before = middle();
  if (move) {
    at.x = Math.min(Side - 1, Math.max(0, at.x + move[0]));
    at.y = Math.min(Side - 1, Math.max(0, at.y + move[1]));
  }
  if (!move || pressed.shiftKey) stroke(before, middle());
  showCursor();
});

canvas.addEventListener('blur', () => cursor.hidden = true);

// Files

byId('clear').addEventListener('click', clear);
byId('invert').addEventListener('click', () => put(pixels().map(value => 255 - value)));
byId('file').addEventListener('change', chosen => {
  const [file] = chosen.target.files;
  chosen.target.value = '';
  if (file) open(file);
});

addEventListener('paste', pasted => {
  const [file] = pasted.clipboardData?.files ?? [];
  if (file) open(file);
});

addEventListener('dragover', dragged => {
  dragged.preventDefault();
  frame.classList.add('over');
});

addEventListener('dragleave', dragged => {
  if (!dragged.relatedTarget) frame.classList.remove('over');
});

addEventListener('drop', dropped => {
  dropped.preventDefault();
  frame.classList.remove('over');
  const [file] = dropped.dataTransfer.files;
  if (file) open(file);
});

clear();
introduce();

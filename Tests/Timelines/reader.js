// Loads a timeline into Perfetto's trace processor, as its page does, and compares what is there
// with what the file says: `node reader.js FOLDER FILE`, with the folder of Perfetto's page.
//
// The page's worker is run here, with the little of a browser that it asks for. It is spoken to in
// messages of `trace_processor.proto` (fields by their numbers).
'use strict';
const fs = require('fs');
const path = require('path');
const [folder, file] = process.argv.slice(2);

// MARK: The little of a browser

class XMLHttpRequest {
  open(method, url) { this.url = url; }
  send() { this.response = fs.readFileSync(path.join(folder, path.basename(this.url))); }
}
const complaints = [];
const note = text => complaints.push(text);
const worker = { location: { href: 'file:///' } };
const browser = {
  self: worker, location: worker.location, XMLHttpRequest, WorkerGlobalScope: class {},
  process: undefined, console: { log() {}, warn: note, error: note },
};

// MARK: Messages

function varint(number) {
  const bytes = [];
  for (; number > 127; number = Math.floor(number / 128)) bytes.push(number % 128 + 128);
  return Buffer.from([...bytes, number]);
}
const whole = (field, number) => Buffer.concat([varint(field * 8), varint(number)]);
const bytes = (field, data) =>
  Buffer.concat([varint(field * 8 + 2), varint(data.length), data]);

// The fields of a message, as [number, value].
function* fields(data) {
  let at = 0;
  const next = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = data[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, value));
    }
  };
  while (at < data.length) {
    const key = next();
    const kind = key % 8, field = Math.floor(key / 8);
    if (kind === 0) yield [field, next()];
    else if (kind === 2) { const size = next(); yield [field, data.subarray(at, at += size)]; }
    else if (kind === 1) yield [field, data.readDoubleLE((at += 8) - 8)];
    else throw new Error(`field ${field} is of kind ${kind}`);
  }
}
const text = data => Buffer.from(data).toString('utf8');

// MARK: The trace processor

const APPEND = 1, FINALIZE = 2, QUERY = 3;
let sequence = 0;
let replies = [];
const port = {
  postMessage(data) {
    for (const [field, message] of fields(Buffer.from(data))) if (field === 1) replies.push(message);
  },
};

function ask(method, argument = Buffer.alloc(0)) {
  replies = [];
  const request = Buffer.concat([whole(1, sequence++), whole(2, method), argument]);
  port.onmessage({ data: new Uint8Array(bytes(1, request)) });
  const results = [];
  for (const reply of replies) {
    for (const [field, value] of fields(reply)) {
      if (field === 5) throw new Error(text(value));
      if (field === 201 || field === 203) results.push(value);
    }
  }
  return results;
}

// Rows of a query whose cells are texts and whole numbers.
function query(sql) {
  const cells = [];
  let columns = 0;
  for (const result of ask(QUERY, bytes(103, bytes(1, Buffer.from(sql))))) {
    for (const [field, value] of fields(result)) {
      if (field === 1) columns += 1;
      else if (field === 2) throw new Error(`${sql}: ${text(value)}`);
      else if (field === 3) cells.push(...batch(value));
    }
  }
  const rows = [];
  for (let at = 0; at < cells.length; at += columns) rows.push(cells.slice(at, at + columns));
  return rows;
}

function* batch(data) {
  let kinds = [], numbers = [], decimals = [], texts = [];
  const packed = value => {
    const all = [];
    for (const [, number] of fields(Buffer.concat([...split(value)].map(one =>
      Buffer.concat([varint(8), one]))))) all.push(number);
    return all;
  };
  for (const [field, value] of fields(data)) {
    if (field === 1) kinds = packed(value);
    else if (field === 2) numbers = packed(value);
    else if (field === 3) {
      for (let at = 0; at < value.length; at += 8) decimals.push(value.readDoubleLE(at));
    } else if (field === 5) texts = text(value).split('\0');
  }
  for (const kind of kinds) {
    yield kind === 1 ? null : kind === 2 ? numbers.shift() : kind === 3 ? decimals.shift()
      : texts.shift();
  }
}

// A packed list of numbers, each by itself.
function* split(data) {
  for (let at = 0, start = 0; at < data.length; at++) {
    if (data[at] < 128) { yield data.subarray(start, at + 1); start = at + 1; }
  }
}

// MARK: What is in the file, and what the reader has of it

function expected(events) {
  const slices = {}, counters = {}, open = {};
  const count = (table, name) => { table[name] = (table[name] ?? 0) + 1; };
  for (const event of events) {
    if (event.ph === 'X' || event.ph === 'i' || event.ph === 'b') count(slices, event.name);
    if (event.ph === 'C') count(counters, event.name);
    const key = `${event.pid} ${event.id2?.local} ${event.name}`;
    if (event.ph === 'b') open[key] = (open[key] ?? 0) + 1;
    if (event.ph === 'e') open[key] = (open[key] ?? 0) - 1;
  }
  return { slices, counters, open: Object.entries(open).filter(([, left]) => left !== 0) };
}

function differences(what, found, wanted) {
  const names = new Set([...Object.keys(found), ...Object.keys(wanted)]);
  return [...names].filter(name => found[name] !== wanted[name])
    .map(name => `${what} \`${name}\`: ${found[name] ?? 0} of ${wanted[name] ?? 0}`);
}

function check() {
  const data = fs.readFileSync(file);
  const wanted = expected(JSON.parse(data.toString('utf8')).traceEvents);
  const piece = 16 << 20;
  for (let at = 0; at < data.length; at += piece) {
    for (const result of ask(APPEND, bytes(101, data.subarray(at, at + piece)))) {
      for (const [field, value] of fields(result)) if (field === 2) throw new Error(text(value));
    }
  }
  ask(FINALIZE);
  const faults = wanted.open.map(([key]) => `begun and not ended: ${key}`);
  for (const [name, severity, value] of query(
    "select name, severity, value from stats where value > 0 and severity != 'info'")) {
    faults.push(`${severity} ${name}: ${value}`);
  }
  const slices = Object.fromEntries(query('select name, count(*) from slice group by name'));
  faults.push(...differences('slices', slices, wanted.slices));
  // A counter's name has the key of its values after it.
  const counters = {};
  for (const [name, number] of query('select t.name, count(*) from counter c ' +
    'join process_counter_track t on t.id = c.track_id group by t.name')) {
    const own = Object.keys(wanted.counters).find(own => name.startsWith(own)) ?? name;
    counters[own] = (counters[own] ?? 0) + number;
  }
  faults.push(...differences('counters', counters, wanted.counters));
  for (const [what, sql] of [
    ['slices that never end', 'select count(*) from slice where dur < 0'],
    ['slices that belong to no process',
      'select count(*) from slice where track_id not in (select id from process_track) and ' +
      'track_id not in (select t.id from thread_track t join thread using (utid) ' +
      'where upid is not null)'],
    ['processes without a name', 'select count(*) from process where pid > 0 and name is null'],
  ]) {
    const [[number]] = query(sql);
    if (number > 0) faults.push(`${what}: ${number}`);
  }
  const all = Object.values(slices).reduce((sum, number) => sum + number, 0);
  return [all, faults];
}

const page = fs.readFileSync(path.join(folder, 'engine_bundle.js'), 'utf8');
new Function(...Object.keys(browser), page)(...Object.values(browser));
// What the page's worker does once its machine code is there is done by then.
setTimeout(() => {
  try {
    worker.onmessage({ data: port });
    const [slices, faults] = check();
    for (const fault of faults) console.log(`${path.basename(file)}: ${fault}`);
    if (faults.length === 0) console.log(`${path.basename(file)}: ${slices} slices, all there`);
    process.exit(faults.length === 0 ? 0 : 1);
  } catch (error) {
    console.log(`${path.basename(file)}: ${error}\n${complaints.slice(-5).join('\n')}`);
    process.exit(1);
  }
}, 500);

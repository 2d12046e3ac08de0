/** Node's own loading of modules, with TypeScript read by swc as everywhere in the tests. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const globals = new URL('./globals.js', import.meta.url).href;

export function resolve(name, context, next) {
  return name === '@jest/globals' ? { url: globals, format: 'module', shortCircuit: true } : next(name, context);
}

export async function load(url, context, next) {
  if (!/^file:.*\.tsx?$/.test(url)) return next(url, context);
  const path = fileURLToPath(url);
  const { code } = await transform(await readFile(path, 'utf8'), { filename: path, sourceMaps: false });
  return { format: 'module', source: code, shortCircuit: true };
}

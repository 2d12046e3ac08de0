/** What the limits are reckoned on: bytes of packages and of setData, elements and their depth. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Files } from './bundle.ts';
import type { MiniProgram } from './mini-program.ts';
import type { Element } from './wxml.ts';

/** A file that WeChat is not given: the mark of our own builder, and source maps. */
const kept = (path: string): boolean => !path.split('/').at(-1)?.startsWith('.') && !path.endsWith('.map');
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/')).filter((path) => kept(path) && statSync(join(folder, path)).isFile()).sort();
}

/** Bytes by package: `main`, each sub-package by its root, and `all`. */
export function packageBytes(folder: string): Record<string, number> {
  const { roots } = new Files(folder);
  const bytes: Record<string, number> = { main: 0, ...Object.fromEntries(roots.map((root) => [root, 0])), all: 0 };
  for (const path of filesOf(folder)) {
    const { size } = statSync(join(folder, path));
    const home = roots.find((root) => path.startsWith(`${root}/`)) ?? 'main';
    bytes[home] = (bytes[home] ?? 0) + size;
    bytes['all'] = (bytes['all'] ?? 0) + size;
  }
  return bytes;
}

export interface PageSize { readonly bytes: number; readonly nodes: number; readonly depth: number }
/** The page in front: all setData since it was opened, and what is drawn now. */
export function sizeOf(program: MiniProgram): PageSize {
  const count = (it: Element | string): number => (typeof it === 'string' ? 0 : 1 + it.inside.reduce((sum, child) => sum + count(child), 0));
  const depth = (it: Element | string): number => (typeof it === 'string' ? 0 : 1 + Math.max(0, ...it.inside.map(depth)));
  const drawn = program.draw();
  return { bytes: program.front.sent.reduce((sum, bytes) => sum + bytes, 0), nodes: drawn.reduce((sum, it) => sum + count(it), 0), depth: Math.max(0, ...drawn.map(depth)) };
}

/** How much a figure may be above the last release's without a word: a twentieth, or this much where little is little. */
const share = 0.05;
/** What has grown beyond that, in words; figures that the last release did not have are new and fine. */
export function grown(now: Readonly<Record<string, number>>, before: Readonly<Record<string, number>>, least: number): string[] {
  return Object.entries(now).flatMap(([name, figure]) => {
    const was = before[name];
    return was === undefined || figure <= was + Math.max(was * share, least) ? [] : [`${name}: ${was} → ${figure}`];
  });
}

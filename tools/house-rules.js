/** Our own rules that no linter knows: what a phone's JavaScript lacks, where time and chance may come from, what must not lie in the tree. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './folders.js';

/** Absent from WeChat's engine, or different on every phone (platform facts: only es.* is polyfilled). Proxy and eval cannot be polyfilled at all. */
const absentOnPhones = new Set(['URL', 'URLSearchParams', 'structuredClone', 'queueMicrotask', 'TextDecoder', 'TextEncoder', 'AbortController', 'Intl', 'fetch',
  'FormData', 'Blob', 'atob', 'btoa', 'crypto', 'Proxy', 'eval', 'Function', 'XMLHttpRequest', 'setImmediate', 'Buffer']);
const localClock = /^[gs]et(FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)$|^toLocale(Date|Time)?String$/;
const namesWithoutMeaning = /(^|\/)(utils?|helpers?|common|base|lib|managers?)(\/|\.[a-z]+$)/;
const escapes = /@ts-(ignore|nocheck)|(ox|es)lint-disable/;
const machinePaths = /(?:^|[\s"'`=(:])\/(?:home|root|Users|work|workspace)\/[\w.-]/m;
const foreignFiles = /\.(jsonl|gz|tgz|zip|tsv|csv|sqlite|db)$/;
/** The public message boards that people train on write places as letters and numbers; ours are names of an invented city. */
const codedPlaces = /[A-Z]\d{0,2}[区市县][^a-z]/;
const texts = /\.(ts|tsx|js|cjs|mjs|json|md|html|s?css|ya?ml)$|(^|\/)(run|\.npmrc|\.swcrc)$/;

/** platform/h5/ holds what only the browser build runs. */
const onPhones = (path) => /^(apps\/miniapp\/src|packages\/(domain|contracts)\/src)\//.test(path) && !path.startsWith('apps/miniapp/src/platform/h5/');
const isSource = (path) => /^(apps|packages)\/[^/]+\/src\/.*\.tsx?$/.test(path);

/** Whether an identifier is a use of a global value: not a key, not a member, not a type. */
function isValue(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return parent.expression === node;
  if ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent) || ts.isPropertyDeclaration(parent) || ts.isJsxAttribute(parent)) && parent.name === node) return false;
  return !ts.isTypeNode(parent) && !ts.isImportSpecifier(parent);
}

const isNow = (node) => (ts.isPropertyAccessExpression(node) && ['Date.now', 'Math.random'].includes(node.getText()))
  || (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0);

/** What one syntax node of the file at `path` does against the rules, or undefined. */
function faultOf(node, path) {
  if (onPhones(path)) {
    if (ts.isIdentifier(node) && absentOnPhones.has(node.text) && isValue(node)) return `${node.text} does not exist in a mini-program`;
    if ((ts.isRegularExpressionLiteral(node) || ts.isStringLiteralLike(node)) && /\(\?<[=!]/.test(node.text)) return 'lookbehind: older iPhones show a white page';
  }
  if (ts.isPropertyAccessExpression(node) && localClock.test(node.name.text)) return `${node.name.text} asks the machine's own time zone; reckon with civil-time`;
  if (path.startsWith('packages/domain/') && isNow(node)) return `${node.getText()}: rules take the time and the dice as input`;
  return ts.isImportDeclaration(node) ? importFault(node, path) : undefined;
}

function importFault(node, path) {
  const from = node.moduleSpecifier.text;
  const clause = node.importClause;
  if (!clause || clause.isTypeOnly) return undefined;
  const named = clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements.filter((one) => !one.isTypeOnly).map((one) => one.name.text) : null;
  if (from === '@tarojs/taro' && !path.startsWith('apps/miniapp/src/platform/') && (clause.name || !named || named.some((name) => !/^use[A-Z]/.test(name)))) {
    return 'Taro is called in platform/ only; a page may import its hooks (use…)';
  }
  if (from === 'typeorm' && path.startsWith('apps/server/src/') && !/^apps\/server\/src\/(platform\/|app)/.test(path) && (!named || named.includes('DataSource'))) {
    return 'DataSource is opened in platform/ only: go through Database';
  }
  return undefined;
}

/** Complaints about one file, each `path:line what`. */
export function faultsIn(path, text) {
  const faults = [];
  if (namesWithoutMeaning.test(path)) faults.push(`${path} a name that says nothing: what does it hold?`);
  const lineOf = (index) => text.slice(0, index).split('\n').length;
  const forbid = (pattern, why) => {
    const at = text.search(pattern);
    if (at >= 0) faults.push(`${path}:${lineOf(at + 1)} ${why}`);
  };
  if (/\.[cm]?[jt]sx?$/.test(path)) forbid(escapes, 'an escape from the checkers');
  forbid(machinePaths, 'a path of one machine');
  if (/^(seeds|apps|packages)\//.test(path)) forbid(codedPlaces, 'a coded place: text of a public data set?');
  if (isSource(path)) {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
    const visit = (node) => {
      const fault = faultOf(node, path);
      if (fault) faults.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${fault}`);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return faults;
}

/** The lock file and npm's settings must not tie an installation to one host. */
export const namesHost = (text) => /"resolved":\s*"[^"]*:\/\//.test(text) || /^\s*(@[\w-]+:)?registry\s*=/m.test(text);

/** @param {string[]} paths of all files of the project */
export function complaintsAbout(paths) {
  return paths.flatMap((path) => {
    const size = statSync(join(root, path)).size;
    if (foreignFiles.test(path)) return [`${path} data does not belong in the tree`];
    if (size > 1_000_000 && path !== 'package-lock.json') return [`${path} has ${size} bytes`];
    if (!texts.test(path)) return [];
    const text = readFileSync(join(root, path), 'utf8');
    if (path === 'package-lock.json' || path === '.npmrc') return namesHost(text) ? [`${path} names a host`] : [];
    return faultsIn(path, text);
  });
}

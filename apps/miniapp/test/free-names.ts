/** Which names a script takes from its surroundings: those that it neither declares nor gets as a parameter. */
import { parse } from 'acorn';
import type { Node } from 'acorn';

type Tree = Node & Record<string, unknown>;
const isTree = (it: unknown): it is Tree => typeof it === 'object' && it !== null && typeof (it as { type?: unknown }).type === 'string';
const childrenOf = (it: Tree): [string, Tree][] => Object.entries(it).flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).filter(isTree).map((child): [string, Tree] => [key, child]));
const isFunction = ({ type }: Tree): boolean => type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression';
const nameOf = (it: unknown): string[] => (isTree(it) && it.type === 'Identifier' ? [String(it['name'])] : []);

/** The names that a pattern binds. */
function bound(pattern: Tree): string[] {
  if (pattern.type === 'Identifier') return nameOf(pattern);
  if (pattern.type === 'AssignmentPattern') return bound(pattern['left'] as Tree);
  if (pattern.type === 'Property') return bound(pattern['value'] as Tree);
  return childrenOf(pattern).flatMap(([, child]) => bound(child));
}
/** All names declared in a function, its blocks included: a name of an inner block that shadows nothing outside is told alike. */
function declared(it: Tree): string[] {
  return childrenOf(it).flatMap(([key, child]) => {
    const own = child.type === 'VariableDeclarator' ? bound(child['id'] as Tree) : child.type === 'FunctionDeclaration' || child.type === 'ClassDeclaration' ? nameOf(child['id'])
      : (key === 'params' && isFunction(it)) || key === 'param' ? bound(child) : [];
    return [...own, ...(isFunction(child) ? [] : declared(child))];
  });
}
const isKey = (it: Tree, key: string): boolean => (it.type === 'MemberExpression' && key === 'property' && it['computed'] === false) || ((it.type === 'Property' || it.type === 'MethodDefinition') && key === 'key' && it['computed'] === false) || key === 'label';

interface Known { readonly names: ReadonlySet<string>; readonly outer: Known | undefined }
const isKnown = (known: Known | undefined, name: string): boolean => known !== undefined && (known.names.has(name) || isKnown(known.outer, name));

/** Asked for with `typeof`, a name that is not there does no harm; those are left out, wherever in the script they stand. */
export function freeNames(script: string): Set<string> {
  const [found, asked] = [new Set<string>(), new Set<string>()];
  const walk = (it: Tree, known: Known) => {
    for (const [key, child] of childrenOf(it)) {
      if (it.type === 'UnaryExpression' && it['operator'] === 'typeof') for (const name of nameOf(child)) asked.add(name);
      if (child.type === 'Identifier') { const name = String(child['name']); if (!isKey(it, key) && !isKnown(known, name)) found.add(name); }
      else walk(child, isFunction(child) ? { names: new Set([...declared(child), ...nameOf(child['id']), 'arguments']), outer: known } : known);
    }
  };
  const program = parse(script, { ecmaVersion: 2018, sourceType: 'script' }) as unknown as Tree;
  walk(program, { names: new Set(declared(program)), outer: undefined });
  return new Set([...found].filter((name) => !asked.has(name)));
}

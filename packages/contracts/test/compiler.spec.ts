import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import ts from 'typescript';

const path = (from: string) => fileURLToPath(new URL(from, import.meta.url));

test('合同里没有的写法，编译器一处不漏地拒绝', () => {
  const optionsIn = (name: string) => (ts.readConfigFile(path(`../../../${name}`), (file) => ts.sys.readFile(file)) as { config: { compilerOptions: object } }).config.compilerOptions;
  const { options, errors } = ts.convertCompilerOptionsFromJson({ ...optionsIn('tsconfig.base.json'), ...optionsIn('tsconfig.test.json'), types: [] }, path('../../..'));
  expect(errors).toEqual([]);
  const file = path('./refused-by-the-compiler.ts');
  const program = ts.createProgram([file], options);
  const source = program.getSourceFile(file);
  expect(source?.text.match(/@ts-expect-error/g)).toHaveLength(17);
  // An expectation that is not met is itself an error here, so this fails as soon as the compiler lets one of them pass.
  const said = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ messageText, start }) => `${start ?? 0}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  expect(said).toEqual([]);
}, 60_000);

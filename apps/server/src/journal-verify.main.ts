import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyAudit } from './platform/audit-chain.ts';
import type { AuditVerified } from './platform/audit-chain.ts';
import { withJournal } from './platform/journal-source.ts';
import { verifyJournal } from './platform/journal-verify.ts';
import type { Verified } from './platform/journal-verify.ts';

const usage = `npm run journal:verify -- [选项]
逐件核对办理经过：每一步的校验值重新算一遍，再与文件本身核对；再逐条核对审计记录。只读，不改任何数据。
  --data 文件夹   数据文件夹（不写：DATABASE_URL；再没有：DATA_FOLDER 或 .data）
  --json          结果用 JSON 输出
全部完好时以 0 结束；有一处不对，说出第一处在哪里，以 1 结束。`;

const root = resolve(import.meta.dirname, '../../..');
const shown = 20;

interface Asked { readonly url: string; readonly json: boolean }
/** What was asked for on the command line; the reason in one line when it makes no sense. */
function asked(): Asked | string {
  const { values } = parseArgs({ options: { data: { type: 'string' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) return usage;
  const given = process.env['DATABASE_URL'];
  const here = process.env['INIT_CWD'] ?? process.cwd();
  if (values.data === undefined && given?.startsWith('mysql:')) return { url: given, json: values.json };
  const file = values.data === undefined ? given ?? resolve(root, process.env['DATA_FOLDER'] ?? '.data', 'lvzhi.sqlite') : join(resolve(here, values.data), 'lvzhi.sqlite');
  return existsSync(file) ? { url: file, json: values.json } : `没有这个数据库：${file}。请用 --data 指定数据文件夹，或者设 DATABASE_URL。`;
}

function report({ documents, moves, faults }: Verified, audit: AuditVerified, json: boolean, seconds: number): void {
  if (json) { console.log(JSON.stringify({ ok: faults.length === 0 && audit.faults.length === 0, documents, moves, seconds, faults, audit })); return; }
  if (audit.faults.length === 0) console.log(`审计记录完好：${audit.entries} 条已封存`); else for (const words of audit.faults) console.log(words);
  if (faults.length === 0) { console.log(`办理经过完好：${documents} 件，${moves} 步，用时 ${seconds.toFixed(1)} 秒`); return; }
  console.log(`办理经过有 ${faults.length} 件不对（共 ${documents} 件，${moves} 步）：`);
  for (const { docKind, docId, seq, words } of faults.slice(0, shown)) console.log(`  ${docKind} ${docId} 第 ${seq} 步：${words}`);
  if (faults.length > shown) console.log(`  …… 还有 ${faults.length - shown} 件`);
}

async function main(): Promise<number> {
  const it = asked();
  if (typeof it === 'string') {
    (it === usage ? console.log : console.error)(it);
    return it === usage ? 0 : 2;
  }
  const began = performance.now();
  const live = process.stderr.isTTY;
  const [verified, audit] = await withJournal(it.url, async (source, manager) => [await verifyJournal(source, (moves) => { if (live) process.stderr.write(`\r已核对 ${moves} 步\u001b[K`); }), await verifyAudit(manager)] as const);
  if (live) process.stderr.write('\r\u001b[K');
  report(verified, audit, it.json, (performance.now() - began) / 1000);
  return verified.faults.length > 0 || audit.faults.length > 0 ? 1 : 0;
}

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  console.error(error instanceof Error ? `没有核对成：${error.message}` : error);
  process.exitCode = 2;
});

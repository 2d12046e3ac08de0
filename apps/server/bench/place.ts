import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoAt, startDemo } from './own-server.ts';

/** `lasts`: what was done is still there afterwards. */
export interface Place { readonly url: string; readonly lasts: boolean; leave(): Promise<void> }
/** The server that was asked for is none, or none to play on. */
export class NoStage extends Error {}

interface Wanted { readonly url: string | undefined; readonly data: string | undefined; /** Never one that happens to run here: what is played would change it for whoever uses it. */ readonly alone?: boolean; /** The instant at which the clock of our own begins, with nothing there yet. */ readonly begins?: string }
/** A running demonstration, or one of our own that ends with us. @throws NoStage */
export async function placeFor({ url, data, alone = false, begins }: Wanted, root: string, say: (line: string) => void): Promise<Place> {
  const wanted = url ?? `http://127.0.0.1:${process.env['PORT'] ?? 3000}`;
  const found = (data === undefined && !alone) || url !== undefined ? await demoAt(wanted) : 'nobody';
  if (found === 'demo') return { url: wanted, lasts: true, leave: () => Promise.resolve() };
  if (url !== undefined) throw new NoStage(found === 'nobody' ? `连不上 ${url}。请先 npm start，或者不写 --url，由演示自己起一个服务。` : `${url} 不是演示服务，不能在上面演示。`);
  if (found === 'not_demo') say(`${wanted} 上的服务不是演示服务，另起一个。`);
  const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'lvzhi-demo-')) : data;
  const drop = (): void => { if (data === undefined) rmSync(folder, { recursive: true, force: true }); };
  try {
    const own = await startDemo({ root, data: folder, begins });
    say(`演示服务 ${own.url}，数据在 ${folder}${data === undefined ? '（做完删去）' : ''}`);
    return { url: own.url, lasts: data !== undefined, leave: async () => { await own.stop(); drop(); } };
  } catch (error) {
    drop();
    throw error;
  }
}

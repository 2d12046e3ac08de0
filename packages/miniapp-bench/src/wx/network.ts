/** What leaves the phone: to a running house over HTTP, by WeChat's rules and only while there is a network. */
import type { Leaving, Phone } from '../phone.ts';
import type { Api, Call } from './api.ts';

const atOnce = 10;

/** The same path at the house, whatever address was built in. */
function atHouse(phone: Phone, path: string): string { return `${phone.url}${path}`; }
function pathOf(url: unknown): string { const { pathname, search } = new URL(String(url)); return `${pathname}${search}`; }

/** Ten at once; the eleventh is refused. A cut network loses the question or the answer. */
async function leave(phone: Phone, leaving: Leaving, work: () => Promise<object>): Promise<object> {
  if (phone.running >= atOnce) throw new Error('exceed max task connection count');
  phone.running += 1;
  phone.most = Math.max(phone.most, phone.running);
  phone.left.push(leaving);
  try {
    const cut = phone.online ? phone.cut(leaving) : 'before';
    if (cut === 'before') throw new Error('');
    const answer = await work();
    if (cut === 'after' || !phone.online) throw new Error('');
    return answer;
  } finally { phone.running = Math.max(0, phone.running - 1); }
}

function parsed(text: string): unknown { try { return JSON.parse(text); } catch { return text; } }

function request(phone: Phone, { url, method = 'GET', header, data, timeout = 60_000 }: Call): Promise<object> {
  const path = pathOf(url);
  const body = data === undefined || method === 'GET' ? undefined : typeof data === 'string' ? data : JSON.stringify(data);
  return leave(phone, { api: 'request', method: String(method), path, body: body === undefined ? undefined : parsed(body) }, async () => {
    const answer = await fetch(atHouse(phone, path), { method: String(method), headers: header as Record<string, string>, signal: AbortSignal.timeout(Number(timeout)), ...(body !== undefined && { body }) });
    return { statusCode: answer.status, data: parsed(await answer.text()), header: Object.fromEntries(answer.headers), cookies: [] };
  });
}

function uploadFile(phone: Phone, { url, header, formData, filePath, name }: Call): Promise<object> {
  const path = pathOf(url);
  return leave(phone, { api: 'uploadFile', method: 'POST', path, body: formData }, async () => {
    const file = phone.file(String(filePath));
    if (!file) throw new Error('file not found');
    const form = new FormData();
    for (const [key, value] of Object.entries((formData ?? {}) as Record<string, string>)) form.append(key, value);
    form.append(String(name), new Blob([new Uint8Array(file.bytes)]), file.name);
    const answer = await fetch(atHouse(phone, path), { method: 'POST', headers: header as Record<string, string>, body: form });
    return { statusCode: answer.status, data: await answer.text() };
  });
}

function downloadFile(phone: Phone, { url, header }: Call): Promise<object> {
  const path = pathOf(url);
  return leave(phone, { api: 'downloadFile', method: 'GET', path, body: undefined }, async () => {
    const answer = await fetch(atHouse(phone, path), { headers: (header ?? {}) as Record<string, string> });
    const place = `wxfile://tmp_${phone.picked.size}`;
    phone.picked.set(place, { path: place, name: path, bytes: Buffer.from(await answer.arrayBuffer()) });
    return { statusCode: answer.status, tempFilePath: place };
  });
}

const task = { abort: () => undefined, onProgressUpdate: () => undefined, offProgressUpdate: () => undefined, onHeadersReceived: () => undefined, offHeadersReceived: () => undefined };

export const network = (phone: Phone, api: Api) => ({
  request: api('request', (call) => request(phone, call), task), uploadFile: api('uploadFile', (call) => uploadFile(phone, call), task), downloadFile: api('downloadFile', (call) => downloadFile(phone, call), task),
  onNetworkStatusChange: (listener: (said: object) => void) => { phone.listen('network', listener); }, offNetworkStatusChange: () => { phone.unlisten('network'); },
  getNetworkType: api('getNetworkType', () => ({ networkType: phone.online ? 'wifi' : 'none' })),
});

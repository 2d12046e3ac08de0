import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pagePolicy } from './answer-guard.ts';

const hashed = /[.-][\w-]{8,}\.(?:js|css|woff2?|png|svg)$/;
const isFile = /\.\w+$/;

/** The build's own inline scripts, by hash, so that no other may run. */
const inlineHashes = (html: string): string[] =>
  [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);

/** One built app under one path: its hashed files live for ever, its index never, and every other address in it is the index. */
const webApp = (root: string, frames: string) => async (web: FastifyInstance): Promise<void> => {
  const policy = pagePolicy({ frames, scripts: inlineHashes(readFileSync(resolve(root, 'index.html'), 'utf8')) });
  web.addHook('onSend', (_, reply, __, done) => { reply.header('content-security-policy', policy); done(); });
  await web.register(fastifyStatic, { root, cacheControl: false, setHeaders: (reply, path) => { reply.header('cache-control', hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'); } });
  web.setNotFoundHandler(({ method, url }: FastifyRequest, reply: FastifyReply) =>
    method === 'GET' && !isFile.test(url.split('?')[0] ?? '') ? reply.sendFile('index.html') : reply.code(404).send({ reason: '没有这个文件' }));
};

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const frontPage = (city: string, demo: boolean): string => `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>履职在线</title>
<style>body{font:17px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;color:#16232B;background:#F2F5F6;margin:0;display:grid;place-items:center;min-height:100vh}main{background:#fff;border-radius:14px;padding:32px;max-width:460px;margin:16px}h1{font-size:26px;margin:0 0 4px}p{color:#3F4E57;margin:0 0 20px}a{display:block;padding:14px 16px;margin:10px 0;border-radius:10px;border:1px solid #B5CFDA;color:#15506B;text-decoration:none;font-weight:600}a small{display:block;font-weight:400;color:#3F4E57}a:focus-visible{outline:2px solid #15506B;outline-offset:2px}</style>
<main><h1>履职在线</h1><p>${escaped(city)}政协${demo ? ' · 演示' : ''}</p><a href="/desk/">电脑端<small>专委会、办公室</small></a>${demo ? '<a href="/__fake/phone">手机（微信替身）<small>选一位委员，打开小程序的网页版</small></a>' : ''}<a href="/m/">委员端网页版<small>与小程序同一份代码</small></a><a href="/api/">接口<small>给开发者</small></a></main></html>`;

/** Beside the API on the same port: the desk under /desk, the phone's H5 under /m, and a page that leads to them. */
export async function serveWeb(app: NestFastifyApplication, apps: string, front: { city: () => string; demo: boolean }): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  server.get('/', (_, reply) => reply.type('text/html; charset=utf-8').send(frontPage(front.city(), front.demo)));
  server.get('/favicon.ico', (_, reply) => reply.redirect('/desk/favicon.svg', 302));
  for (const [prefix, dist] of [['/desk', 'desk/dist'], ['/m', 'miniapp/dist/h5']] as const) {
    const root = resolve(apps, dist);
    // The demonstration's phone page shows the member app in a frame.
    if (existsSync(resolve(root, 'index.html'))) await server.register(webApp(root, front.demo && prefix === '/m' ? "'self'" : "'none'"), { prefix });
  }
}

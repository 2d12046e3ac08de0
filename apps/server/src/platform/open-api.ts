import { toJsonSchema } from '@valibot/to-json-schema';
import type { Route } from '@lvzhi/contracts';

interface Shape { properties?: Record<string, object>; required?: string[] }
const parametersIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');

function schemaOf(schema: Route['input'], typeMode: 'input' | 'output'): object {
  const { $schema: _, ...json } = toJsonSchema(schema, { typeMode, errorMode: 'ignore' });
  return json;
}
const refusals = Object.fromEntries(Object.entries({ 400: '填写有误：fields 里逐项说明', 401: '没有登录或已过期', 403: '您的岗位不能用这个地址', 404: '没有，或不是您的', 409: '现在不能这样做，或已被别人处理', 413: '内容太大', 415: '不是 JSON', 429: '试得太多，请按 Retry-After 等待', 503: '暂时连不上微信或数据库' })
  .map(([status, description]) => [status, { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } }]));

function operationOf(route: Route, id: string) {
  const { properties = {}, required = [] } = schemaOf(route.input, 'input') as Shape;
  const inPath = parametersIn(route.path);
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name));
  const parameter = (where: 'path' | 'query') => (name: string) => ({ name, in: where, required: where === 'path' || required.includes(name), schema: properties[name] });
  const body = { type: 'object', properties: Object.fromEntries(rest.map((name) => [name, properties[name]])), required: required.filter((name) => rest.includes(name)) };
  return {
    operationId: id, summary: route.summary, 'x-who': route.who, ...(route.who === 'anyone' && { security: [] }),
    parameters: [...inPath.map(parameter('path')), ...(route.method === 'GET' ? rest.map(parameter('query')) : [])],
    ...(route.method !== 'GET' && rest.length > 0 && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { 200: { description: '成功', content: { 'application/json': { schema: schemaOf(route.output, 'output') } } }, ...refusals },
  };
}

/** OpenAPI 3.1 speaks plain JSON Schema, so the route table is the whole source. */
export function openApiOf(routes: Record<string, Route>) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, route] of Object.entries(routes)) {
    const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`;
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(route, id);
  }
  return {
    openapi: '3.1.0', info: { title: '履职在线', version: '1', description: '除标明 anyone 的以外都要登录：手机端用 Authorization: Bearer，电脑端用 Cookie 和请求头 x-lvzhi: desk。' }, paths,
    security: [{ phone: [] }, { desk: [] }],
    components: {
      securitySchemes: { phone: { type: 'http', scheme: 'bearer' }, desk: { type: 'apiKey', in: 'cookie', name: 'lvzhi_desk' } },
      schemas: { Refusal: { type: 'object', required: ['reason'], properties: { reason: { type: 'string' }, action: { type: 'string' }, fields: { type: 'object', additionalProperties: { type: 'string' } }, stale: { type: 'boolean' }, current: {}, yours: {} } } },
    },
  };
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);

/** The same table for people: what can be asked, by whom, with what. */
export function apiPageOf(routes: Record<string, Route>): string {
  const rows = Object.entries(routes).map(([id, { method, path, summary, who, input }]) => {
    const fields = Object.keys((schemaOf(input, 'input') as Shape).properties ?? {}).join('、');
    return `<tr id="${escape(id)}"><td><code>${method}</code></td><td><code>/api${escape(path)}</code></td><td>${escape(summary)}</td><td>${escape(typeof who === 'string' ? { anyone: '任何人', entering: '登录的人（还没改初始密码的也可以）', signed_in: '登录的人' }[who] : who.join('、'))}</td><td>${escape(fields)}</td></tr>`;
  });
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>履职在线 · 接口</title>
<style>body{font:15px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;color:#16232B;background:#F2F5F6;margin:0 auto;max-width:1200px;padding:24px}table{border-collapse:collapse;width:100%;background:#fff;border-radius:10px}th,td{text-align:left;padding:8px 12px;border-bottom:1px solid #DCE3E6;vertical-align:top}code{color:#15506B}a{color:#15506B}</style>
<h1>履职在线 · 接口</h1><p>机器读的：<a href="/api/openapi.json">OpenAPI 3.1</a>。两个应用、服务端和这一页读的是同一张路由表。</p><table><tr><th>方法</th><th>地址</th><th>做什么</th><th>谁可以</th><th>字段</th></tr>${rows.join('')}</table></html>`;
}

import { createHash } from 'node:crypto';
import { icon, mark } from './phone-page-icons.ts';
import { pageScript } from './phone-page-script.ts';
import { pageStyle } from './phone-page-style.ts';
import { maskedPhone } from './users.ts';
import type { FakeUser } from './users.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only the page's own style and script run, and only the member app of this host may be framed. */
export const phonePageHeaders: Record<string, string> = {
  'content-security-policy': `default-src 'none'; style-src ${hashOf(pageStyle)}; script-src ${hashOf(pageScript)}; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'`,
  'x-content-type-options': 'nosniff',
};

const OTHERS = '其他';

/** The demonstration's "phone": whose WeChat shall the member app run in? Self-contained, in the order the users were added. */
export function phonePage(users: readonly FakeUser[]): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>微信替身 · 选一个人</title>
<style>${pageStyle}</style>
</head>
<body>
<div class="page">
<main>
${head}
${current}
${mail}
${choices}
${list(users)}
</main>
<aside aria-label="手机">
<div class="device"><div class="screen" id="screen"><div class="blank">${icon('phone')}<b>手机在这里打开</b><span>请先在左边选一个人</span></div></div></div>
</aside>
</div>
<script>${pageScript}</script>
</body>
</html>
`;
}

const head = `<header>
<div class="title">${mark()}<h1>微信替身</h1><span class="chip">${icon('info')}仅供演示</span></div>
<p class="lede">请选一个人，以这个人的微信进入“履职在线”。这里代替微信的登录、手机号授权和服务通知，不连真微信，也不真的发出。</p>
<p class="clock" id="clock" aria-live="off">${icon('clock')}<span>演示时间</span> <b class="num" id="now">正在读取</b></p>
<p class="note" id="trouble" role="alert" hidden>${icon('alert')}<span></span></p>
</header>`;

const current = `<section class="card now" id="current" aria-label="现在的微信" hidden>
<span class="face" aria-hidden="true"></span>
<span class="who"><small>现在的微信</small><b></b><span class="facts"></span></span>
<button type="button" class="btn" id="enter">打开应用</button>
</section>`;

/** What reached this person's phone; a tap opens the page that the message names. */
const mail = `<section id="mail" aria-label="这部手机收到的" hidden><h2>这部手机收到的<small class="num"></small></h2><div class="card rows" id="letters"></div></section>`;

const choices = `<section class="card rows" aria-label="特殊情形">
<button type="button" class="row" id="newcomer"><span class="face">${icon('plus')}</span><span class="who"><b>新微信用户</b><span>未绑定，手机号不在名册</span></span>${icon('right')}</button>
<button type="button" class="row" id="deny" role="switch" aria-checked="false"><span class="face">${icon('ban')}</span><span class="who"><b>用户拒绝授权手机号</b><span>打开后，只对下一次授权有效</span></span><span class="switch" aria-hidden="true"></span></button>
</section>`;

function list(users: readonly FakeUser[]): string {
  if (users.length === 0) return '<p class="empty">名单还是空的。请先装入演示数据，再刷新这一页。</p>';
  return `<label class="search">${icon('search')}<input id="search" type="search" placeholder="搜姓名、界别或手机尾号" aria-label="搜姓名、界别或手机尾号" autocomplete="off"></label>
<div id="people">
${grouped(users).map(([name, members]) => group(name, members)).join('\n')}
</div>
<p class="empty" id="none" role="status" hidden>没有找到这个人，请换个姓名、界别或手机尾号再搜。</p>`;
}

/** The groups in the order in which their first user was added. */
function grouped(users: readonly FakeUser[]): [string, FakeUser[]][] {
  const groups = new Map<string, FakeUser[]>();
  for (const user of users) {
    const name = user.group ?? OTHERS;
    groups.set(name, [...(groups.get(name) ?? []), user]);
  }
  return [...groups];
}

function group(name: string, users: readonly FakeUser[]): string {
  return `<section class="group"><h2>${escapeHtml(name)}<small class="num">${users.length} 人</small></h2><div class="card rows">
${users.map(row).join('\n')}
</div></section>`;
}

function row({ openid, name = '未留姓名', note, phone }: FakeUser): string {
  const facts = [note, phone === undefined ? '没有绑定手机号' : maskedPhone(phone)].filter((fact) => fact !== undefined);
  const written = facts.map((fact) => `<span>${escapeHtml(fact)}</span>`).join('');
  const initial = Array.from(name)[0] ?? '';
  return `<button type="button" class="row" data-openid="${escapeHtml(openid)}"><span class="face" aria-hidden="true">${escapeHtml(initial)}</span><span class="who"><b>${escapeHtml(name)}</b><span class="facts num">${written}</span></span><span class="here">当前</span>${icon('right')}</button>`;
}

const ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes a text safe between tags and inside a quoted attribute. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITY[sign] ?? sign);
}

/**
 * The page's script. It hands the choice to the member app through localStorage:
 * - `lvzhi.fake.openid`: whose WeChat it runs in
 * - `lvzhi.fake.deny` = 1: the next phone-number tap is refused; the app removes it once used
 * and drops every key that begins with `lvzhi.session`, so that the app signs in anew.
 */
export const pageScript = `
'use strict';
(() => {
  const APP = '/m/', OPENID = 'lvzhi.fake.openid', DENY = 'lvzhi.fake.deny', SESSION = 'lvzhi.session';
  const wide = matchMedia('(min-width:960px)');
  const find = (selector) => document.querySelector(selector);
  const rows = [...document.querySelectorAll('[data-openid]')];

  function choose(openid) {
    localStorage.setItem(OPENID, openid);
    for (const key of Object.keys(localStorage)) if (key.startsWith(SESSION)) localStorage.removeItem(key);
  }

  function open(page) {
    const address = APP + (typeof page === 'string' ? page : '');
    if (!wide.matches) { location.assign(address); return; }
    const frame = document.createElement('iframe');
    frame.title = '履职在线';
    frame.src = address;
    find('#screen').replaceChildren(frame);
  }

  function letter(mail) {
    const row = document.createElement('button'), who = document.createElement('span'), name = document.createElement('b'), at = document.createElement('small');
    row.type = 'button';
    row.className = 'row';
    who.className = 'who';
    name.textContent = mail.title;
    at.textContent = (mail.kind === 'sms' ? '短信' : '服务通知') + ' · ' + new Date(Date.parse(mail.at) + 8 * 3600000).toISOString().slice(5, 16).replace('T', ' ');
    who.append(name, ...mail.lines.map(([, value]) => { const line = document.createElement('span'); line.textContent = value; return line; }), at);
    row.append(who);
    if (mail.page !== null) row.addEventListener('click', () => { open(mail.page); }); else row.disabled = true;
    return row;
  }
  let shown = '';
  async function readMail() {
    const openid = localStorage.getItem(OPENID);
    if (!openid) { find('#mail').hidden = true; return; }
    try {
      const answer = await fetch('outbox', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openid }) });
      const { messages } = await answer.json();
      const key = openid + messages.map(({ id }) => id).join();
      if (key === shown) return;
      shown = key;
      find('#mail').hidden = messages.length === 0;
      find('#mail small').textContent = messages.length + ' 条，点开就到办理页';
      find('#letters').replaceChildren(...messages.slice(-20).reverse().map(letter));
    } catch { complain('没有连上演示服务。请确认它还在运行，再刷新这一页。'); }
  }

  function showCurrent() {
    const openid = localStorage.getItem(OPENID);
    let chosen = null;
    for (const row of rows) {
      if (row.dataset.openid === openid) { chosen = row; row.setAttribute('aria-current', 'true'); } else row.removeAttribute('aria-current');
    }
    const card = find('#current');
    card.hidden = chosen === null;
    if (chosen === null) return;
    card.querySelector('.face').textContent = chosen.querySelector('.face').textContent;
    card.querySelector('.who b').textContent = chosen.querySelector('.who b').textContent;
    card.querySelector('.facts').replaceChildren(...[...chosen.querySelector('.facts').children].map((fact) => fact.cloneNode(true)));
    find('#enter').textContent = wide.matches ? '重新打开' : '打开应用';
  }

  function showDeny() { find('#deny').setAttribute('aria-checked', String(localStorage.getItem(DENY) === '1')); }

  function complain(text) {
    const note = find('#trouble');
    note.querySelector('span').textContent = text;
    note.hidden = text === '';
  }

  for (const row of rows) row.addEventListener('click', () => { choose(row.dataset.openid); showCurrent(); readMail(); open(); });
  find('#enter').addEventListener('click', open);

  find('#newcomer').addEventListener('click', async () => {
    try {
      const answer = await fetch('users', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ newcomer: true }) });
      if (!answer.ok) throw new Error(String(answer.status));
      choose((await answer.json()).openid);
      if (wide.matches) location.reload(); else location.assign(APP);
    } catch { complain('没能建立新微信用户。请确认演示服务还在运行，再点一次。'); }
  });

  find('#deny').addEventListener('click', () => {
    if (localStorage.getItem(DENY) === '1') localStorage.removeItem(DENY); else localStorage.setItem(DENY, '1');
    showDeny();
  });
  addEventListener('storage', () => { showDeny(); showCurrent(); });
  addEventListener('pageshow', () => { showDeny(); showCurrent(); });
  wide.addEventListener('change', showCurrent);

  const search = find('#search');
  if (search) search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase().split(/\\s+/);
    let hits = 0;
    for (const group of document.querySelectorAll('.group')) {
      const about = group.querySelector('h2').firstChild.textContent;
      let shown = 0;
      for (const row of group.querySelectorAll('.row')) {
        const text = (about + ' ' + row.querySelector('.who').textContent).toLowerCase();
        row.hidden = !wanted.every((word) => text.includes(word));
        row.classList.toggle('first', !row.hidden && shown === 0);
        if (!row.hidden) shown += 1;
      }
      group.querySelector('h2 small').textContent = shown + ' 人';
      group.hidden = shown === 0;
      hits += shown;
    }
    find('#none').hidden = hits > 0;
  });

  let ahead = null;
  function showClock() {
    if (ahead === null) return;
    const there = new Date(Date.now() + ahead + 8 * 3600000), two = (n) => String(n).padStart(2, '0');
    find('#now').textContent = there.getUTCFullYear() + '年' + (there.getUTCMonth() + 1) + '月' + there.getUTCDate() + '日 星期' + '日一二三四五六'[there.getUTCDay()] + ' ' + two(there.getUTCHours()) + ':' + two(there.getUTCMinutes());
  }
  async function readClock() {
    try {
      const answer = await fetch('state');
      ahead = Date.parse((await answer.json()).nowIso) - Date.now();
      complain('');
    } catch { complain('没有连上演示服务。请确认它还在运行，再刷新这一页。'); }
    showClock();
  }
  readClock();
  readMail();
  setInterval(readMail, 3000);
  setInterval(showClock, 1000);
  setInterval(readClock, 30000);

  const fit = () => document.documentElement.style.setProperty('--fit', String(Math.min(1, (innerHeight - 40) / 832)));
  addEventListener('resize', fit);
  fit();
  showDeny();
  showCurrent();
  if (wide.matches && !find('#current').hidden) open();
})();
`;

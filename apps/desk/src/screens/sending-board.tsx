import type { ReachedRow, SendingBoard } from '@lvzhi/contracts';
import { dateOf, dateWords, timeOf } from '@lvzhi/domain';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { clockWords } from '../parts/civil-input.tsx';
import { Frame } from '../parts/frame.tsx';
import { Icon } from '../parts/icons.tsx';
import { saveList } from '../parts/list-tools.tsx';
import type { IconName } from '../parts/icons.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { serverNow, useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { go, Link, usePlace, withQuery } from '../platform/route.ts';
import { once, useRun } from '../platform/run.ts';
import type { Run } from '../platform/run.ts';
import { moved } from '../platform/signal.ts';
import { CallList } from './call-list.tsx';

const looks: Readonly<Record<ReachedRow['reach'], readonly [look: string, icon: IconName]>> = { read: ['dl-ok', 'checkc'], called: ['dl-ok', 'checkc'], arrived: ['dl-info', 'info'], waiting: ['dl-info', 'clock'], failed: ['dl-bad', 'alert'] };
function when(at: string): string {
  const [instant, today] = [new Date(at), dateOf(serverNow())];
  const on = dateOf(instant);
  return `${on === today ? '' : `${dateWords(on, today)} `}${clockWords(timeOf(instant))}`;
}

function Figures({ board }: { board: SendingBoard }): ReactNode {
  const cells = [['应通知', board.total, '名单来自走访安排'], ['已读', board.read, board.total > 0 ? `${Math.round(board.read / board.total * 100)}%` : ''], ['发到了，未读', board.arrived, board.sms ? '没看的会补发短信' : '没看的可以打电话'], ['没送到', board.failed, board.failed > 0 ? '要打电话' : '没有'], ['已回复', board.answered, `还有 ${board.open} 人没回复`], ['已电话通知', board.called, '人工登记']] as const;
  return <section className="panel flush whole tally" aria-label="送达数字">{cells.map(([words, count, note]) => <div key={words}><span className="cap">{words}</span><b className={`big num${words === '没送到' && count > 0 ? ' bad' : ''}`}>{count}<small> 人</small></b><span className="cap">{note}</span></div>)}</section>;
}

/** What may be done about one person. */
function Acts({ row, run }: { row: ReachedRow; run: Run }): ReactNode {
  const call = async (called: boolean) => { if (await run.run(() => api.markCalled({ id: row.noticeId, called }))) announce({ words: called ? `已登记电话通知：${row.person.name}` : `已取消登记：${row.person.name}` }); };
  const sms = async () => { if (await run.run(() => api.sendBySms({ id: row.noticeId }))) announce({ words: `短信已交出去发：${row.person.name}` }); };
  return <div className="rowx" style={{ justifyContent: 'flex-end' }}>
    {row.can.includes('sms') && <Btn small busy={run.busy} onClick={() => void sms()} label={`给${row.person.name}改发短信`}>改发短信</Btn>}
    {row.can.includes('call') && <Btn small busy={run.busy} onClick={() => void call(true)} label={`登记已电话通知${row.person.name}`}><Icon name="phone" />已电话通知</Btn>}
    {row.can.includes('uncall') && <Btn small look="txt" busy={run.busy} onClick={() => void call(false)} label={`取消${row.person.name}的电话登记`}>取消登记</Btn>}
  </div>;
}

function Line({ row, run }: { row: ReachedRow; run: Run }): ReactNode {
  const [look, icon] = looks[row.reach];
  const said = row.reach === 'failed' && row.reason ? `${row.words}：${row.reason}` : row.at && row.reach !== 'arrived' ? `${row.words} ${when(row.at)}` : row.words;
  return <tr className="plain"><td><b>{row.person.name}</b><div className="cap ell">{row.person.note}</div></td><td>{row.channel || '—'}</td>
    <td className="wraps"><span className={`chip ${look}`}><Icon name={icon} />{said}</span>{row.lacks.map((it) => <div className="cap" key={it}>{it}</div>)}</td><td>{row.reply || (row.isOpen ? '—' : '不用回复了')}</td>
    <td className="num">{row.called ? `${row.called.who} ${when(row.called.at)}` : row.reach === 'failed' ? row.phone : ''}</td><td><Acts row={row} run={run} /></td></tr>;
}

const filters = { all: '全部', failed: '没送到', arrived: '未读', open: '未回复', unable: '微信收不到' } as const;
type Filter = keyof typeof filters;
const passes: Readonly<Record<Filter, (row: ReachedRow) => boolean>> = { all: () => true, failed: ({ reach }) => reach === 'failed', arrived: ({ reach }) => reach === 'arrived' || reach === 'waiting', open: ({ isOpen }) => isOpen, unable: ({ channel, lacks, reach }) => lacks.length > 0 || reach === 'failed' && channel === '微信' };

function Aside({ board }: { board: SendingBoard }): ReactNode {
  return <aside className="col" style={{ width: 280, flex: 'none' }}>
    <section className="panel"><h3>送达顺序</h3><ol className="tl">
      {board.channels.map(({ channel, words, out, arrived, failed, unable }) => <li key={channel} className={out + failed > 0 ? '' : 'next'}><i className="dot">{out > 0 && <Icon name="check" />}</i><span className="t">{words}</span><span className="cap">{out + failed > 0 ? `发出 ${out} 条，确认送到 ${arrived} 条，没送到 ${failed} 条${unable > 0 ? `（${unable} 条是没绑定、没同意或没有号码）` : ''}` : '没有用到'}</span></li>)}
      <li className={board.called > 0 ? '' : 'next'}><i className="dot">{board.called > 0 && <Icon name="check" />}</i><span className="t">电话</span><span className="cap">已打 {board.called} 人，没送到的 {board.failed} 人要打</span></li>
    </ol></section>
    <section className="panel"><h3>为什么会没送到</h3><p className="sub">微信的提醒每同意一次只能发一条。用完了系统不会重试，{board.sms ? '先改发短信，再不行就在这里打电话' : '请在这里打电话'}。委员下次打开小程序办事时，会再请他同意。</p></section>
  </aside>;
}

/** One sending: everybody in it, what reached them, and what to do about the others. */
export function SendingBoardScreen({ id, back }: { id: string; back: () => void }): ReactNode {
  const place = usePlace();
  const turn = moved.use();
  const { data: board, problem, reload } = useLoad(`sending ${id}`, () => api.showSending({ id }), turn);
  const run = useRun();
  const [calls, showCalls] = useState(false);
  useNow(60_000);
  useEffect(() => { const timer = setInterval(reload, 15_000); return () => clearInterval(timer); }, [reload]);
  if (calls) return <CallList id={id} close={() => showCalls(false)} />;
  const filter = (Object.keys(filters) as Filter[]).find((it) => it === place.query.get('show')) ?? 'all';
  const urge = async () => { const answer = await run.run(() => once('urge', { id }, api.urgeSending)); if (answer) announce({ words: answer.told > 0 ? `已提醒 ${answer.told} 位还没有回复的委员` : '都回复了，没有人要提醒' }); };
  return <Frame crumb={<><h1>送达情况</h1>{board && <span>{board.title.replace('走访通知 · ', '走访通知 ')}，{when(board.at)} 发出</span>}</>} tools={<><Btn onClick={back}>回列表</Btn>{board && <Btn onClick={() => void saveList(`/sendings/${id}/export`, `送达情况 ${board.title}`, '位')}>导出表格</Btn>}{board && board.open > 0 && <Btn onClick={() => showCalls(true)}><Icon name="phone" />电话通知单</Btn>}</>}>
    {board ? <>
      <Figures board={board} />
      <ProblemNote problem={run.problem} />
      <div className="rowx" style={{ alignItems: 'flex-start', gap: 14, flex: 1, minHeight: 0 }}>
        <div className="col" style={{ flex: 1, minWidth: 0, height: '100%' }}>
          <div className="rowx sp"><nav className="tabs" aria-label="按送达">{(Object.keys(filters) as Filter[]).map((it) => <Link key={it} to={withQuery(place, { show: it === 'all' ? null : it })} current={it === filter}>{filters[it]} {board.rows.filter(passes[it]).length}</Link>)}</nav>
            {board.open > 0 && <Btn look="line" busy={run.busy} onClick={() => void urge()}>催未回复 {board.open} 人</Btn>}</div>
          <div className="panel flush"><div className="scroll"><table aria-label="送达名单"><colgroup><col style={{ width: '20%' }} /><col style={{ width: 60 }} /><col /><col style={{ width: 92 }} /><col style={{ width: 128 }} /><col style={{ width: 230 }} /></colgroup>
            <thead><tr><th>委员</th><th>渠道</th><th>送达</th><th>回复</th><th>电话</th><th /></tr></thead>
            <tbody>{board.rows.filter(passes[filter]).map((row) => <Line key={row.noticeId} row={row} run={run} />)}</tbody></table></div></div>
        </div>
        <Aside board={board} />
      </div>
    </> : problem ? <Failure problem={problem} onRetry={reload} back={<Btn onClick={() => go('/sendings')}>回列表</Btn>} /> : <Loading />}
  </Frame>;
}

import type { ReactNode } from 'react';
import { dateOf, dateWords, timeOf } from '@lvzhi/domain';
import { Btn } from '../parts/button.tsx';
import { clockWords } from '../parts/civil-input.tsx';
import { Frame, useDesk } from '../parts/frame.tsx';
import { Empty, Failure, Loading } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { serverNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';

/** 电话通知单: who is to be rung, with whole numbers and room for a note by hand. */
export function CallList({ id, close }: { id: string; close: () => void }): ReactNode {
  const { me } = useDesk();
  const { data, problem, reload } = useLoad(`calls ${id}`, () => api.listCalls({ id }));
  const now = serverNow();
  return <Frame crumb={<><h1>电话通知单</h1>{data && <span>{data.title}，要打 {data.rows.length} 人</span>}</>} tools={<><Btn onClick={close}>回送达情况</Btn><Btn look="pri" onClick={() => print()}>打印</Btn></>}>
    <div className="note w noprint">这里是完整手机号，看过和打印都记入审计。打完请回送达情况登记“已电话通知”。</div>
    {data ? data.rows.length === 0 ? <Empty title="没有要打电话的人"><Btn onClick={close}>回送达情况</Btn></Empty> : <>
      <h2 className="printed">电话通知单：{data.title}</h2>
      <div className="panel flush whole"><table aria-label="电话通知单"><colgroup><col style={{ width: 110 }} /><col style={{ width: 140 }} /><col style={{ width: 140 }} /><col /><col style={{ width: '26%' }} /><col style={{ width: 150 }} /></colgroup>
        <thead><tr><th>委员</th><th>界别</th><th>电话</th><th>通知内容</th><th>为什么打</th><th>答复、时间、签名</th></tr></thead>
        <tbody>{data.rows.map((row) => <tr className="plain" key={row.noticeId}><td><b>{row.person.name}</b></td><td className="ell">{row.person.note}</td><td className="num">{row.phone || '名册里没有'}</td><td className="wraps">{row.what}</td><td className="wraps">{row.why}</td><td /></tr>)}</tbody></table></div>
      <p className="printed cap">打印人 {me.person.name}，{dateWords(dateOf(now))} {clockWords(timeOf(now))}</p>
    </> : problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}
  </Frame>;
}

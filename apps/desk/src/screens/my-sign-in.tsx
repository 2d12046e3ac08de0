import type { DeviceRow } from '@lvzhi/contracts';
import { instantWords } from '@lvzhi/domain';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { Frame } from '../parts/frame.tsx';
import { Failure, Loading, ProblemNote } from '../parts/states.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useNow } from '../platform/clock.ts';
import { useLoad } from '../platform/load.ts';
import { useRun } from '../platform/run.ts';
import { ChangePassword } from './password.tsx';
import { SecondFactorCard } from './second-factor.tsx';

function Own({ changed, again }: { changed: () => void; again: number }): ReactNode {
  const { data, problem, reload } = useLoad('sign in', () => api.showSignIn({}), again);
  const [changing, change] = useState(false);
  if (!data) return <section className="panel">{problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}</section>;
  return <><section className="panel"><div className="rowx sp"><h2>密码</h2>{data.login !== null && <Btn look="line" onClick={() => change(true)}>修改密码</Btn>}</div>
    {data.login === null ? <p>您没有电脑端账号，不用密码登录。</p> : <p>账号 <b>{data.login}</b></p>}
    {changing && <ChangePassword rules={data.passwordRules} close={() => change(false)} done={() => { change(false); announce({ words: '密码已修改，别的电脑已退出登录' }); changed(); }} />}
  </section>
  {(data.login !== null || data.secondFactor.required) && <SecondFactorCard factor={data.secondFactor} changed={changed} />}</>;
}

function Device({ row, end, busy }: { row: DeviceRow; end: () => void; busy: boolean }): ReactNode {
  const now = useNow(60_000);
  const words = (at: string) => instantWords(new Date(at), now);
  return <tr className="plain"><td><b>{row.device}</b>{row.current && <> <span className="tag o">现在这一台</span></>}</td><td>{row.surface === 'desk' ? '电脑端' : '手机'} · {row.by}</td><td>{words(row.openedAt)}</td><td>{words(row.seenAt)}</td>
    <td>{!row.current && <Btn small disabled={busy} label={`让${row.device}退出登录`} onClick={end}>退出登录</Btn>}</td></tr>;
}

function Devices({ again }: { again: number }): ReactNode {
  const { data, problem, reload, set } = useLoad('devices', () => api.listDevices({}), again);
  const { busy, problem: failed, run } = useRun();
  const act = async (work: () => Promise<{ rows: DeviceRow[] }>, words: string) => { const answer = await run(work); if (answer) { set(answer); announce({ words }); } };
  if (!data) return <section className="panel">{problem ? <Failure problem={problem} onRetry={reload} /> : <Loading />}</section>;
  return <section className="panel flush"><div className="rowx sp" style={{ padding: '14px 16px' }}><div><h2>登录的设备</h2><p className="sub">有不认识的，请让它退出，再修改密码。</p></div>
    {data.rows.length > 1 && <Btn disabled={busy} onClick={() => void act(() => api.endOtherDevices({}), '其他设备都已退出登录')}>其他的全部退出</Btn>}</div>
    <ProblemNote problem={failed} />
    <table aria-label="登录的设备"><colgroup><col /><col style={{ width: 180 }} /><col style={{ width: 150 }} /><col style={{ width: 150 }} /><col style={{ width: 110 }} /></colgroup>
      <thead><tr><th>设备</th><th>怎么登录的</th><th>登录时间</th><th>最近使用</th><th></th></tr></thead>
      <tbody>{data.rows.map((row) => <Device key={row.id} row={row} busy={busy} end={() => void act(() => api.endDevice({ id: row.id }), `已退出登录：${row.device}`)} />)}</tbody></table>
  </section>;
}

/** 账号与安全: one's own password and devices. */
export function MySignIn(): ReactNode {
  const [turn, setTurn] = useState(0);
  return <Frame crumb={<h1>账号与安全</h1>}><div className="col mine"><Own again={turn} changed={() => setTurn(turn + 1)} /><Devices again={turn} /></div></Frame>;
}

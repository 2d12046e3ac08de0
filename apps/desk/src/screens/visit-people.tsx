import type { Answer, routes } from '@lvzhi/contracts';
import { visitStateWords } from '@lvzhi/domain';
import { Checkbox, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { ReactNode } from 'react';
import { Btn } from '../parts/button.tsx';
import { ProblemNote } from '../parts/states.tsx';
import { api } from '../platform/api.ts';
import { useLoad, usePages } from '../platform/load.ts';

export type Person = Answer<typeof routes.listLeaders>['rows'][number];
interface Props { picked: readonly Person[]; change: (picked: readonly Person[]) => void; wrong: string | undefined }
const flip = (picked: readonly Person[], person: Person): Person[] => (picked.some(({ id }) => id === person.id) ? picked.filter(({ id }) => id !== person.id) : [...picked, person]);

function Chosen({ picked, change }: Omit<Props, 'wrong'>): ReactNode {
  return picked.length > 0 && <div className="presets" role="group" aria-label="已选，点一下去掉">{picked.map((person) => <button type="button" key={person.id} aria-label={`去掉 ${person.name}`} onClick={() => change(flip(picked, person))}>{person.name} ×</button>)}</div>;
}

/** Members by name or sector; at first only those whom no visit is arranged for. */
export function MemberPicker({ picked, change, wrong }: Props): ReactNode {
  const [query, setQuery] = useState('');
  const [unscheduled, setUnscheduled] = useState(true);
  const sought = useDeferredValue(query.trim());
  const pages = usePages(`members ${sought} ${unscheduled}`, (after, limit) => api.findMembers({ query: sought, unscheduled: unscheduled ? 'yes' : 'no', limit, ...(after !== undefined && { after }) }));
  return <div className="field"><span className="lab">委员 <span className="hint num">已选 {picked.length} 位，每位各得一份通知</span></span>
    <div className="rowx"><Input aria-label="找委员：姓名或界别" placeholder="姓名或界别" allowClear value={query} onChange={(event) => setQuery(event.target.value)} style={{ flex: 1 }} />
      <Checkbox checked={unscheduled} onChange={(event) => setUnscheduled(event.target.checked)}>只看未安排的</Checkbox></div>
    <Chosen picked={picked} change={change} />
    <div className="people" role="group" aria-label="委员">
      {pages.rows.map(({ visit, ...person }) => <Checkbox key={person.id} checked={picked.some(({ id }) => id === person.id)} onChange={() => change(flip(picked, person))}><b>{person.name}</b><span className="sub grow ell">{person.note}</span>{visit && <span className="tag">{visitStateWords[visit]}</span>}</Checkbox>)}
      {!pages.loading && pages.rows.length === 0 && !pages.problem && <p className="sub" style={{ padding: 12 }}>没有找到。{unscheduled && '可以去掉“只看未安排的”再找。'}</p>}
      <ProblemNote problem={pages.problem}><Btn small look="txt" onClick={pages.reload}>再试一次</Btn></ProblemNote>
      {pages.next !== null && <div className="more"><Btn small busy={pages.busy} onClick={pages.more}>加载更多</Btn></div>}
    </div>{wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}

export function LeaderPicker({ picked, change, wrong }: Props): ReactNode {
  const { data, problem, reload } = useLoad('leaders', () => api.listLeaders({}));
  return <div className="field"><span className="lab">走访人</span>
    <div className="presets" role="group" aria-label="走访人">{data?.rows.map((person) => <Checkbox key={person.id} checked={picked.some(({ id }) => id === person.id)} onChange={() => change(flip(picked, person))}>{person.name} <span className="cap">{person.note}</span></Checkbox>)}</div>
    <ProblemNote problem={problem}><Btn small look="txt" onClick={reload}>再试一次</Btn></ProblemNote>
    {wrong && <span className="wrong" role="alert">{wrong}</span>}</div>;
}

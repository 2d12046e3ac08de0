import type { OwnPublication, SubmissionView } from '@lvzhi/contracts';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActModal } from '../parts/act-modal.tsx';
import { Btn } from '../parts/button.tsx';
import { announce } from '../parts/toast.tsx';
import { api } from '../platform/api.ts';
import { useLoad } from '../platform/load.ts';
import { once } from '../platform/run.ts';

const answers = {
  agree: { words: '同意公开', keep: '再想想', hint: '题目、全文、提案者和单位公开的答复，谁都看得到；电话等联系方式会略去。以后可以收回同意。', done: '已同意公开', call: api.agreePublication },
  refuse: { words: '不同意公开', keep: '再想想', hint: '提案照常办理，只是不公开。', done: '已答复不同意公开', call: api.refusePublication },
  takeBack: { words: '收回同意', keep: '先不收回', hint: '已经公开的马上看不到。', done: '已收回，不再公开', call: api.takeBackConsent },
} as const;
type Answer = keyof typeof answers;

function Own({ id, it, put, again }: { id: string; it: OwnPublication; put: (it: OwnPublication | null) => void; again: () => void }): ReactNode {
  const [chosen, choose] = useState<Answer | null>(null);
  const asked = it.mine === 'asked';
  const offered: readonly Answer[] = asked ? ['agree', 'refuse'] : it.can.includes('agree_publication') ? ['agree'] : it.can.includes('take_back_consent') ? ['takeBack'] : [];
  return <section className="panel" aria-label="公开"><div className="rowx sp"><b>{asked ? '同意公开这件提案吗？' : '公开'}</b><span className={`tag ${asked ? 'w' : 'b'}`}>{it.stateWords}</span></div>
    {asked && <p className="cap">公开的是题目、全文、提案者和单位公开的答复，联系方式会略去。</p>}
    {it.note !== '' && <p className="cap">撤回公开的理由：{it.note}</p>}
    {offered.length > 0 && <div className="rowx wrap">{offered.map((act) => <Btn key={act} small {...(act === 'agree' && { look: 'line' as const })} onClick={() => choose(act)}>{answers[act].words}</Btn>)}</div>}
    {chosen && <ActModal title={answers[chosen].words} words={answers[chosen].words} keep={answers[chosen].keep} hint={answers[chosen].hint} draft={{}} act={() => once(`publication ${chosen}`, { id, version: it.version }, answers[chosen].call)} close={() => choose(null)} fresh={() => { choose(null); again(); }}
      done={({ publication }) => { announce({ words: answers[chosen].done }); choose(null); put(publication); }} />}
  </section>;
}

/** 公开 of the body's own proposal: asked, answered, and taken back whenever it wants. */
export function OwnPublished({ doc: { id, version } }: { doc: SubmissionView }): ReactNode {
  const { data, set, reload } = useLoad(`own publication ${id} ${version}`, () => api.showOwnPublication({ id }));
  return data?.publication ? <Own id={id} it={data.publication} put={(publication) => set({ publication })} again={reload} /> : null;
}

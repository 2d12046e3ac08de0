import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { kindWords } from '@lvzhi/domain';
import { Page } from '../../parts/page.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { title } from '../../platform/device.ts';
import { useMe } from '../../platform/session.ts';
import { WritingForm } from './editor.tsx';
import { open } from './opening.ts';

/** Write or mend. Who began keeps the page: a session that ends meanwhile takes nothing away. */
export default function Form() {
  const { kind, draft, of, visit } = useRouter().params;
  const me = useMe();
  const [personId, setPersonId] = useState(me?.person.id);
  if (personId === undefined && me) setPersonId(me.person.id);
  const asked = useAnswer(personId !== undefined, `${draft ?? ''}${of ?? ''}${visit ?? ''}`, () => open(personId ?? '', { kind: kind === 'proposal' ? 'proposal' : 'opinion', draftId: draft, of, visit }));
  const opened = asked.answer?.draft;
  const heading = opened && `${opened.of ? '修改' : '写'}${kindWords[opened.kind]}`;
  useEffect(() => { if (heading !== undefined) title(heading); }, [heading]);
  return asked.answer ? <WritingForm {...asked.answer} /> : <Page><Loaded of={asked}>{() => null}</Loaded></Page>;
}

import * as v from 'valibot';
import { coded, named, nothing } from './pieces.ts';
import { route } from './route.ts';

const limitOf = v.object({ min: v.number(), max: v.number() });
const limits = v.object({ title: limitOf, situation: limitOf, analysis: limitOf, suggestion: limitOf, total: v.number(), files: v.number(), units: v.number() });

/** What the forms of both apps need to know; all of it settings of the term. */
const catalogueView = v.object({
  version: v.string(),
  opinion: v.object({ limits, categories: v.array(coded), natures: v.array(coded), notAdoptedReasons: v.array(coded), series: v.array(coded), instructionLevels: v.array(coded) }),
  proposal: v.object({ limits, categories: v.array(coded), outcomes: v.array(coded), rejectReasons: v.array(coded) }),
  talkForms: v.array(coded), secretReasons: v.array(coded), supervisionForms: v.array(coded), replyClasses: v.array(coded), replyPublicity: v.array(coded), urgencies: v.array(coded), returnReasons: v.array(v.string()), rerouteReasons: v.array(v.string()),
  committees: v.array(named), towns: v.array(named),
  /** A unit may be named in a proposal whatever stands in `unassignable`: why it can be given no work now. */
  units: v.array(v.object({ ...named.entries, unassignable: v.nullable(v.string()) })),
  visit: v.object({ forms: v.array(coded), topics: v.array(v.string()) }),
  files: v.object({ phoneBytes: v.number(), deskBytes: v.number(), types: v.array(v.string()) }),
  secretNotice: v.string(), pledge: v.string(), undoSeconds: v.number(), entryPapers: v.number(),
});
export type Catalogue = v.InferOutput<typeof catalogueView>;

export const catalogue = {
  showCatalogue: route({ method: 'GET', path: '/catalogue', summary: '表单要用的规则、名单和选项', who: 'signed_in', input: nothing, output: catalogueView }),
} as const;

import type { DisposalState } from '@lvzhi/domain';

export const secretLooks = { marked: 'w', carried_out: 'o', lifted: '' } as const satisfies Record<DisposalState, string>;

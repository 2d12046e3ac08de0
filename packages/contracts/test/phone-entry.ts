/** What a mini-program has of the house, under one name: bare-context.spec.ts bundles this. */
import * as contracts from '../src/index.ts';
import * as domain from '@lvzhi/domain';

Object.assign(globalThis, { lvzhi: { ...contracts, domain } });

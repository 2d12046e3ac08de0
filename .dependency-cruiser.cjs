/** The arrows between parts, one way each (docs/decisions/0003). A rule's name says what holds; tools/test/arrows.spec.ts plants a breach of each. */
const apps = ['miniapp', 'desk', 'server'];
const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    forbid('domain-knows-nothing', { path: '^packages/domain/src' }, { pathNot: '^packages/domain/src' }),
    forbid('contracts-know-domain-and-valibot', { path: '^packages/contracts/src' }, { pathNot: '^(packages/(contracts|domain)/src|node_modules/valibot/)' }),
    forbid('wechat-fake-knows-node-only', { path: '^packages/wechat-fake/src' }, { pathNot: '^packages/wechat-fake/src', dependencyTypesNot: ['core'] }),
    forbid('miniapp-bench-knows-node-only', { path: '^packages/miniapp-bench/src' }, { pathNot: '^packages/miniapp-bench/src', dependencyTypesNot: ['core'] }),
    ...apps.map((app) => forbid(`${app}-imports-no-other-app`, { path: `^apps/${app}/` }, { path: '^apps/', pathNot: `^apps/${app}/` })),
    forbid('apps-with-a-screen-know-domain-and-contracts-only', { path: '^apps/(miniapp|desk)/src/' }, { path: '^packages/', pathNot: '^packages/(domain|contracts)/src/' }),
    forbid('the-stand-in-has-one-door', { path: '^apps/server/src/', pathNot: '^apps/server/src/(main|(platform/)?fake[^/]*)\\.ts$' }, { path: '^packages/wechat-fake/', dependencyTypesNot: ['type-only'] }),
    forbid('platform-knows-no-slice', { path: '^apps/server/src/platform/', pathNot: '/(data-source|entities)[^/]*\\.ts$' }, { path: '^apps/server/src/(?!platform/)[^/]+/' }),
    forbid('slices-meet-in-queries-only', { path: '^apps/server/src/(?!platform/|migrations/|seeding/)([^/]+)/' },
      { path: '^apps/server/src/(?!platform/)[^/]+/', pathNot: '^apps/server/src/($1/|[^/]+/([^/]+\\.(queries|entity)|docket)\\.ts$)' }),
    forbid('one-door-to-the-tables', { path: '^apps/server/src/', pathNot: '^apps/server/src/(platform/|app[^/]*\\.ts$)' }, { path: 'node_modules/(@nestjs/typeorm|mysql2|libsql)/' }),
    forbid('parts-know-no-screen', { path: '^apps/(desk|miniapp)/src/(parts|platform)/' }, { path: '^apps/(desk|miniapp)/src/(screens|pages|submit|duties|cases|visits|guest)/' }),
    forbid('sources-know-no-test', { path: '^(apps|packages)/[^/]+/src/' }, { path: '^(apps|packages)/[^/]+/(test|bench)/' }),
    forbid('only-what-is-declared', { path: '^(apps|packages)/[^/]+/src' }, { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] }),
    forbid('resolvable', {}, { couldNotResolve: true, path: '^(?!.*\\.(s?css)$)' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' }, exclude: { path: '/(dist|\\.swc)/' }, tsPreCompilationDeps: true, combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], extensions: ['.ts', '.tsx', '.js'] },
  },
};

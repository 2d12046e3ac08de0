const { createRequire } = require('module');
const path = require('path');
const packages = path.resolve(__dirname, '../../../packages');
// Published with syntax that old WeChat engines lack, so it is compiled with ours. It belongs to contracts, not to this app.
const valibot = path.dirname(createRequire(path.join(packages, 'contracts/package.json')).resolve('valibot'));
// swc makes the same output as terser in a third of its time, and is what compiles the tests and the server as well.
const { swcMinify } = createRequire(require.resolve('@tarojs/webpack5-runner/package.json'))('terser-webpack-plugin');
const webpackChain = (chain) => {
  if (chain.optimization.minimizers.has('terserPlugin')) chain.optimization.minimizer('terserPlugin').tap(([options]) => [{ ...options, minify: swcMinify, terserOptions: { compress: true, mangle: true, format: { comments: false, ecma: 5 } } }]);
};
module.exports = {
  projectName: 'miniapp', date: '2026-1-1', designWidth: 375, deviceRatio: { 375: 2, 750: 1 },
  sourceRoot: 'src', outputRoot: `dist/${process.env.TARO_ENV}`, framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } }, cache: { enable: process.env.TARO_CACHE === '1' }, plugins: process.env.TARO_ENV === 'h5' ? [] : [path.resolve(__dirname, 'aria.js')],
  // The mini-program needs a full https address; H5 is served by the server itself and uses its own origin. TARO_APP_ID replaces the appid in project.config.json.
  defineConstants: { API_ROOT: JSON.stringify(process.env.TARO_ENV === 'h5' ? '' : process.env.TARO_APP_API || 'http://127.0.0.1:3000'), APP_VERSION: JSON.stringify(require('../package.json').version) },
  // The tab icons are named in theme.json only, where the bundler does not look.
  copy: { patterns: process.env.TARO_ENV === 'h5' ? [] : [{ from: 'src/assets/tab', to: `dist/${process.env.TARO_ENV}/assets/tab` }] },
  mini: { webpackChain, compile: { include: [packages, valibot] } },
  h5: { webpackChain, publicPath: '/m/', router: { mode: 'browser', basename: '/m' }, compile: { include: [packages, valibot] },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: { filename: 'css/[name].[contenthash:8].css', chunkFilename: 'css/[name].[contenthash:8].css' } },
};

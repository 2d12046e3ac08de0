export default { navigationBarTitleText: '公开的提案', enablePullDownRefresh: true };

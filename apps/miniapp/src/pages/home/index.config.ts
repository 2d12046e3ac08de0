export default { navigationBarTitleText: '待办', enablePullDownRefresh: true };

export default { navigationBarTitleText: '评议提案办理', enablePullDownRefresh: true };

"""The Chinese names of wrong versions: (pattern, Chinese). {0}, {1} are the groups of the pattern. The first that fits decides."""

import re

_INDEX = r"[-\w +*]+"
_GENERAL = (
    # made from the syntax tree (derivations.checking.mutants)
    (r"sign", "符号相反"), (r"zero", "换成零"), (r"factor 1/([A-Z])", "多一个因子 1/{0}"), (r"factor ([A-Z]|\d+(?:[./]\d+)?)", "多一个因子 {0}"), (r"term (\d+) dropped", "漏掉第 {0} 项"), (r"sign of term (\d+)", "第 {0} 项符号相反"),
    (r"transpose dropped", "漏掉转置"), (r"transpose of (\w+)", "{0} 误作转置"), (r"(\w+) transposed", "{0} 误作转置"), (r"adjoint: (\w+) for (\w+)", "伴随变量：{1} 误作 {0}"), (rf"adjoint: (\w+) read at ({_INDEX})", "伴随变量：{0} 的下标误作 {1}"),
    (rf"(\w+) read at ({_INDEX})", "{0} 的下标误作 {1}"), (r"(\w+)\[(.+)\] -> (\w+)\[(.+)\]", "{0}[{1}] 误作 {2}[{3}]"), (r"([A-Za-z](?:_\w+)?) for ([A-Za-z](?:_\w+)?)", "{1} 误作 {0}"), (r"([A-Za-z]|beta|gamma|tau) for ([A-Za-z]|beta|gamma|tau)", "{1} 误作 {0}"), (r"derivative dropped", "漏掉求导"), (r"derivative in place of the function", "函数误作其导数"),
    (r"exp without normalization", "只取指数，未归一化"), (r"exponent k", "指数误作 k"), (rf"exponent (-?[\w ]+[-+] {_INDEX}|[a-zA-Z] [-+] \d+|\d+)", "指数误作 {0}"), (r"factor (\d+) dropped", "漏掉第 {0} 个因子"), (r"factors (\d+) and (\d+) exchanged", "第 {0} 与第 {1} 个因子互换"),
    (rf"(\w+) read at ({_INDEX})", "{0} 的下标误作 {1}"), (r"(\w+)\[(.+)\] -> (\w+)\[(.+)\]", "{0}[{1}] 误作 {2}[{3}]"), (r"([A-Za-z](?:_\w+)?) for ([A-Za-z](?:_\w+)?)", "{1} 误作 {0}"), (r"(beta|gamma|rho|[a-z]) for (beta|gamma|rho|[a-z])", "{1} 误作 {0}"), (r"derivative dropped", "漏掉求导"), (r"derivative in place of the function", "函数误作其导数"),
    (r"exp without normalization", "只取指数，未归一化"), (r"exponent k", "指数误作 k"), (rf"exponent (-?[\w ]+[-+] {_INDEX}|[a-zA-Z] [-+] \d+)", "指数误作 {0}"), (r"factor (\d+) dropped", "漏掉第 {0} 个因子"), (r"factors (\d+) and (\d+) exchanged", "第 {0} 与第 {1} 个因子互换"),
    (rf"first index ({_INDEX})", "起始下标误作 {0}"), (rf"last index ({_INDEX})", "终止下标误作 {0}"), (r"order reversed", "次序颠倒"), (r"Hadamard product for product", "矩阵乘积误作逐元素乘积"), (r"sum for mean", "平均误作求和"),
    # numbers that pages print; the name before the colon is that of the number
    (r"(\S+): (-?[\d…]+) in place of (-?[\d…]+)", "{0}：{2} 误作 {1}"), (r"(\S+) changed in its twelfth digit", "{0}：第十二位数字改动"), (r"(\S+) with the wrong sign", "{0}：符号相反"), (r"(\S+): digit (\d+) changed", "{0}：第 {1} 位数字改动"),
    (r"(\S+): exponent off by one", "{0}：指数差一"), (r"(\S+): sign of the exponent", "{0}：指数的符号相反"), (r"(\w+) given the number of (\w+)", "{0} 误用 {1} 的数"), (r"(\w+) counted as (\w+)", "{0} 误按 {1} 计"),
    (r"(\S+) times as large", "误为 {0} 倍"), (r"a factor of (\S+)", "因子误作 {0}"),
)  # fmt: skip

_WRITTEN = {
    "itself": "原样不变", "identity": "误作单位矩阵", "inverse": "误作倒数", "inverted": "误作倒数", "squared": "误作平方", "half": "误为一半", "halved": "误为一半", "twice": "误为两倍", "one": "误作 1", "trace": "误作迹", "determinant": "误作行列式", "counted": "误乘个数", "transposed": "误作转置",
    "converse": "逆命题", "sufficient": "误作充分条件", "sign of E": "E 的符号相反", "sign of the exponent": "指数的符号相反", "turned around": "不等号方向相反", "turned the other way": "旋转方向相反", "it explodes": "误作爆炸", "reaches zero": "误以为能到零", "rounded down": "误作向下舍入",
    "a and b exchanged": "a 与 b 互换", "p and E exchanged": "p 与 E 互换", "sine and cosine exchanged": "正弦与余弦互换", "outer factors exchanged": "外侧两个因子互换",
    "a quarter left": "误作剩下四分之一", "half the steps": "步数误为一半", "logarithm of the ratio": "误取比的对数", "first order in the gap": "只取一阶近似", "without logarithms": "漏掉对数", "factor for its logarithm": "因子的对数误作因子本身", "base e": "底数误作 e", "base ten": "底数误作 10",
    "always one": "误以为总是 1", "always zero": "误以为总是 0", "other side": "误取另一侧", "threshold moved": "阈值移位", "the function itself": "误作函数本身", "the maximum of the other function": "误用另一函数的最大值", "border included": "误把边界算在内",
    "angle not multiplied": "角度没有乘 k", "argument not doubled": "自变量没有乘 2", "not doubled": "没有乘 2", "not squared": "没有平方", "not triangular": "不是三角矩阵", "multiplied instead": "幂误作乘积", "half for one": "1 误作 1/2", "three for a third": "1/3 误作 3", "plus for minus": "减号误作加号", "half the rate": "速率误为一半", "twice the rate": "速率误为两倍", "factor two": "系数误作 2",
    "as exact arithmetic has it": "按精确运算的结果", "as for W": "照搬 W 的结果", "as for sigmoid": "照搬逻辑斯谛函数的公式", "as for tanh": "照搬 tanh 的公式", "as the spectral radius suggests": "只看谱半径", "spectral radius suffices": "误以为谱半径已足够", "norm said to decide": "误以为由范数决定",
    "counted on the left": "左边误乘个数", "derivative forgotten": "漏掉导数", "derivative of the output": "误对输出再求导", "entries squared": "误作逐元素平方", "entrywise power": "误作逐元素的幂", "exponent dropped": "漏掉指数", "factor dropped": "漏掉因子", "factor k dropped": "漏掉因子 k", "four dropped": "漏掉 4", "gamma dropped": "漏掉 γ",
    "gamma once only": "γ 只乘一次", "half a unit forgotten": "漏掉半个末位单位", "half dropped": "漏掉 1/2", "inverse forgotten": "漏掉求逆", "leading bit not counted": "没有计入最高位", "mask dropped": "漏掉掩码", "modulus dropped": "漏掉绝对值", "modulus forgotten": "漏掉模", "off diagonal dropped": "漏掉非对角元素", "one dropped": "漏掉 1",
    "outer factors dropped": "漏掉外侧的因子", "outer factors to the power": "外侧的因子也误取幂", "output dropped": "漏掉输出", "power dropped": "漏掉幂", "radius dropped": "漏掉模 r", "radius not raised": "模 r 没有取幂", "root dropped": "漏掉根号", "root to the power": "根号也误取幂", "scalar dropped": "漏掉数乘", "second slope ignored": "忽略第二个导数", "significand only": "只算有效数字",
    "subnormal numbers forgotten": "漏掉次正规数", "target dropped": "漏掉目标", "v dropped": "漏掉 v", "first power": "误作一次幂", "frobenius norm": "误作弗罗贝尼乌斯范数", "largest entry": "误作最大的元素", "largest entry for the largest singular value": "最大奇异值误作最大的元素", "largest entry of the power": "误作幂的最大元素",
    "largest row sum": "误作最大行和", "largest singular value": "误作最大奇异值", "largest slope times radius": "误作最大导数乘谱半径", "half the norm": "范数误为一半", "twice the norm": "范数误为两倍", "twice as much": "误为两倍", "twice the border": "边界误为两倍", "norm for radius": "谱半径误作范数", "norm of W": "误作 W 的范数",
    "normal for subnormal": "次正规数误作正规数", "subnormal for normal": "正规数误作次正规数", "one Jacobian fewer": "少乘一个雅可比矩阵", "one Jacobian more": "多乘一个雅可比矩阵", "one bit less": "少一位", "one bit more": "多一位", "one count too few": "个数少一", "one digit a step": "误作每步一位", "one exponent less": "指数少一", "one exponent more": "指数多一",
    "one factor fewer": "少一个因子", "one factor more": "多一个因子", "one factor more on the left": "左边多一个因子", "one factor more on the right": "右边多一个因子", "one less": "少一", "one more": "多一", "one per cent too large": "大了百分之一", "one per cent too small": "小了百分之一", "one power too many": "幂次多一", "one step late": "晚了一步",
    "one step less": "少一步", "one step more": "多一步", "one turn more": "多转一次", "one unit": "误作一个单位", "three units": "误作三个单位", "place of the peak": "误作峰值的位置", "smaller singular value": "误作较小的奇异值", "spectral norm": "误作谱范数", "spectral radius": "误作谱半径", "spectral radius for the largest singular value": "最大奇异值误作谱半径",
    "spectral radius of W alone": "只看 W 的谱半径", "the other entry": "误取另一个元素", "the reciprocal factor": "因子误作倒数", "transpose for inverse": "逆误作转置", "wrong sign of the small slope": "较小的导数符号相反",
    # convolutions, depth against time
    "shift forgotten": "漏掉减一",
    "kernel flipped": "把核翻转", "one tap dropped": "漏掉核的一个值", "padded on one side": "只在一端补零", "stride two": "误作步幅 2", "largest tap": "误作核的最大值", "largest tap alone": "只算核的一个值", "sum of the taps": "误作核的各值之和",
    "norm of the kernel": "误作核的范数", "length of the kernel": "误作核的长度", "root of two": "误作根号 2", "three": "误作 3", "half forgotten": "漏掉 1/2", "two forgotten": "漏掉因子 2", "digamma": "误作双伽马函数", "trigamma of n": "误作 n 的三伽马函数",
    "as if both grew alike": "误以为两者增长相同", "factor k squared": "因子 k 误作平方", "one factor": "误作一个因子",
    # initialization, mean field, clipping, gates, experiments
    "as for the whole width": "按整个宽度计", "bound for variance": "方差误作界", "as if bound were deviation": "把界误当标准差", "sixth": "误作六分之一", "twelfth": "误作十二分之一", "root of n forgotten": "漏掉 n 的平方根", "as for fan in": "只按输入数计", "as for fan out": "只按输出数计", "factor two dropped": "漏掉因子 2", "minus for plus": "加号误作减号",
    "the other direction": "误取另一方向", "fans exchanged below": "分母中的输入数与输出数互换", "said not to depend on the number of inputs": "误以为与输入数无关", "whole second moment": "误作整个二阶矩", "a quarter": "误作四分之一", "variance for second moment": "二阶矩误作方差", "deviation for variance": "方差误作标准差", "slope one everywhere": "误以为导数处处为 1", "as for the value": "照搬函数值的结果",
    "root": "误作平方根", "slope not squared": "导数没有平方", "as for relu": "照搬 ReLU 的公式", "not halved": "没有除以 2", "both sides together": "两侧合并计算", "gain of ReLU": "误用 ReLU 的增益", "gain of a linear layer": "误用线性层的增益", "root of the gain": "误作增益的平方根", "as for he": "照搬 He 初始化", "deviation for bound": "界误作标准差", "gain one": "增益误作 1",
    "relu forgotten": "漏掉 ReLU", "uniform taken for deviation": "把均匀分布的界误当标准差", "as if log and mean commuted": "误以为对数与均值可交换", "digamma of n": "误作 n 的双伽马函数", "ratio upside down": "比值颠倒", "digamma dropped": "漏掉双伽马函数", "first order only": "只取一阶", "bias dropped": "漏掉偏置", "bias not squared": "偏置没有平方", "slope for value": "函数值误作导数",
    "activation dropped": "漏掉激活函数", "root forgotten": "漏掉平方根", "weight not squared": "权重没有平方", "value for slope": "导数误作函数值", "bias added": "误加偏置", "slope dropped": "漏掉导数", "mean then squared": "先取均值再平方", "variance below for activation": "激活值误作下一层的方差", "adjoint dropped": "漏掉伴随变量", "weight added": "误加权重", "everything halved": "全部误为一半", "quartered": "误为四分之一",
    "depends on the bias": "误以为与偏置有关", "tanh of the mean square": "误取均方的 tanh", "slope at zero": "误取零点的导数", "square of the mean slope": "误取平均导数的平方", "square of the largest slope": "误取最大导数的平方", "quarter": "误作四分之一", "two": "误作 2", "third": "误作三分之一", "as the leading term says": "只看首项", "critical": "误作临界值", "as without bias": "照搬无偏置的结果", "not the logarithm": "没有取对数",
    "distance from one": "误作与 1 的距离", "doubled": "误为两倍", "slope": "误作导数", "α dropped": "漏掉 α", "root of e dropped": "漏掉 e 的平方根", "tail of two": "尾部误取 2 处", "upside down": "分式颠倒", "alpha not squared": "α 没有平方", "only the positive half": "只算正半轴", "positive half only": "只算正半轴", "scale only": "只算缩放", "scale not squared": "缩放没有平方", "sign of the bias": "偏置的符号相反",
    "tanh in place of the logistic function": "逻辑斯谛函数误作 tanh", "complement forgotten": "漏掉取补", "not clipped": "没有裁剪", "always the threshold": "误以为总等于阈值", "the factor itself": "误作因子本身", "threshold doubled": "阈值误为两倍", "one per cent more": "大了百分之一", "one per cent less": "小了百分之一", "threshold for the norm": "范数误作阈值", "without the norm": "漏掉范数", "clipping by value in its place": "误作按值裁剪",
    "threshold alone": "只有阈值", "same threshold": "阈值不变", "threshold times scale": "阈值误乘缩放", "not divided": "没有相除", "scale squared": "缩放误作平方", "relation reversed": "大小关系颠倒", "sides exchanged": "两边互换", "a network compared with itself": "网络与自身相比", "the plain network below the identity one": "误以为普通网络优于恒等网络", "the orthogonal network below the plain one": "误以为正交网络优于普通网络",
    "modulus forgotten, as if the eigenvalue decided": "漏掉模，误以为由特征值本身决定", "turned around, as if eigenvalues bounded the norm": "不等号方向相反，误以为特征值能限制范数",
    "as without a skip": "照搬没有跳跃的结果", "exponent one": "指数误作 1", "larger weight only": "只算跳跃的权重", "rest forgotten": "漏掉余下的单步", "rounded up": "误作向上取整", "skips not counted": "没有计入跳跃本身", "no skip": "误以为没有跳跃", "every path once": "每类路径只算一条", "places of single steps only": "只在单步之间选位置", "any place": "误以为任何位置都可以", "without a skip forgotten": "漏掉没有跳跃的路径",
    "one skip fewer": "少一次跳跃", "weights exchanged": "两个权重互换", "one late": "晚了一项", "one early": "早了一项", "doubling": "误作每步加倍", "lag itself": "误作时滞本身", "a skip of two": "误作跳两步", "all taps": "误用核位置总数", "itself forgotten": "漏掉自身", "without dilation": "漏掉膨胀", "one layer more": "多一层", "one layer fewer": "少一层",
    "taps to the power": "误作核位置数的幂", "base of the taps": "底数误由核位置数决定", "lag over period": "误作时滞除以周期", "start forgotten": "漏掉起点", "every step": "误以为每步都计算", "first step counted": "误把起点算在内", "half life of the factor": "误作因子的半衰期",
    "mean forgotten": "漏掉均值", "symmetric in place of skew": "反对称误作对称",
    "bias correction forgotten": "漏掉偏差修正", "oldest weighted most": "误给最早的梯度最大的权重", "last gradient alone": "误作只有最后一个梯度", "square of the average": "误作平均值的平方", "epsilon under the root": "误把 ε 放在根号内", "epsilon dropped": "漏掉 ε", "unchanged": "误以为不变", "momentum dropped": "漏掉动量",
    "averaged instead": "误作平均", "the limit at once": "误把极限当作每一步的值", "as for SGD": "照搬 SGD 的结果", "rate alone": "误作学习率本身", "full step": "误以为总是走满一步", "as for Adam": "照搬 Adam 的结果", "first step for ever": "误以为始终等于第一步", 
    "as if each lag had a second moment of its own": "误以为每个时滞各有自己的二阶矩", "the other lag": "误取另一个时滞", "noise forgotten": "漏掉噪声", "square of the sum": "误作和的平方", "no averaging": "漏掉平均", "weights not squared": "权重没有平方",
    "learning rate": "误作学习率", "in proportion to the gradient": "误以为与梯度成正比", "as after a silence": "误用久无梯度时的结果", "as Kingma and Ba state it": "照搬 Kingma 与 Ba 的说法", "as without warm up": "误作没有预热", "exactly half": "误作恰好一半",
    "scale forgotten": "漏掉缩放系数", "said to hold for every factor": "误以为对任何倍数都成立", "scaled too": "结果也误乘倍数", "modulus only": "只乘绝对值", "sign for factor": "符号误作倍数", "minus always": "误以为总要变号", 
    "epsilon forgotten": "漏掉 ε", "factor not squared": "倍数没有平方", "sign dropped": "漏掉符号", "epsilon under both roots": "两处根号下都加 ε", "as at scale one": "照搬缩放系数为一的结果", "empty subset dropped": "漏掉空集", "only the longest path": "只算最长的路径", "largest index on the right": "把最大的下标写在右边",
    "one block forgotten": "漏掉一块", "without the identity": "漏掉单位矩阵", "weight not divided": "漏掉分母", "all blocks": "误以为穿过所有的块", "longest path dropped": "漏掉最长的路径", "pairs of layers": "误作层与层的配对数",
    "one over w": "误作 1/w", "the LSTM below the GRU": "误以为 LSTM 优于 GRU", "the LSTM below the orthogonal network": "误以为 LSTM 优于正交网络", "the plain network below the LSTM": "误以为普通网络优于 LSTM",
    "scaled at every step": "误以为每步都缩放", "scale inverted": "缩放误作倒数", "not scaled": "没有缩放", "not rounded": "没有舍入", "three in place of two": "2 误作 3", "subnormal numbers too": "误以为对次正规数也成立", "logarithm added": "误加对数", "natural logarithm": "误用自然对数", "exponent not doubled": "指数没有乘 2",
    "scale subtracted": "误减缩放", "scale counted twice": "缩放误算两次", "a whole unit": "误作整个末位单位", "the next number": "误作下一个数", "an update twice as large": "两倍大的更新量", "an update four times as large": "四倍大的更新量", "as for underflow": "照搬下溢的结果",
    "depends on the length": "误以为与长度有关", "norm counted twice": "范数误算两次", "as with a slope of one half": "照搬导数为二分之一的结果", "slope ignored": "忽略导数", "not moved": "误以为不动", "part itself subtracted": "误减传回部分本身", "weights not transposed": "权重没有转置",
    "kept as it is": "误以为原样不变", "lost altogether": "误以为全部丢失", "difference": "和误作差",
    "the LSTM below the plain network": "误以为 LSTM 优于普通网络", "the identity network below the plain one": "误以为恒等网络优于普通网络", "the residual network below the plain one at three layers": "误以为三层时残差网络优于普通网络", "the plain network better for being deeper": "误以为普通网络越深越好",
    "the logistic function at the last layer": "误取最后一层", "tanh below He": "误以为 tanh 的梯度小于 He 权重的 ReLU", "the first layer below the last": "误以为第一层小于最后一层", "He below the residual network at the last layer": "误以为最后一层处 He 小于残差网络",
    # attention
    "counted squared": "个数误作平方", "counted once": "个数误作一", "not contracted": "误以为不收缩", "as for the logistic function": "照搬逻辑斯谛函数的结果", "outer product forgotten": "漏掉外积", "not saturated": "误用不饱和时的界", "the rest alone": "只算其余的份额", "one half": "误作二分之一",
    "does not grow": "误以为不随维数增长", "variance not squared": "方差没有平方", "the skip below pure attention": "误以为带跳跃的差异小于纯注意力",
    "the first layer below the last with a skip": "误以为第一层小于带跳跃的最后一层",
}  # fmt: skip

MUTANTS = tuple((re.escape(name), zh) for name, zh in _WRITTEN.items()) + _GENERAL

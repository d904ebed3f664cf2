"""What checks, wrong versions and places are called on the Chinese pages, and what each check does, in both languages.

The checkers speak English; here every sentence of theirs finds its Chinese. A sentence that stands in no table has no
Chinese (None), and `python -m render check` names it. A text without words (``T = 3, n = 2``) reads the same in both.
"""

import re
from functools import lru_cache

from derivations.checking.mutant_names import MUTANTS

# name: (Chinese name, what it does in English, in Chinese)
CHECKS = {
    "exact witness over F_p": ("有限域 F_p 上的精确检验", "Both sides are computed exactly, in whole numbers modulo the prime 2⁶¹ − 1, from the forward pass differentiated direction by direction. There is no rounding and no tolerance.", "在模素数 2⁶¹ − 1 的整数中精确计算两边；真值由逐个方向对前向计算求导得到。没有舍入，也没有容差。"),
    "central differences, 50 digits": ("中心差分，50 位", "The inputs are moved a little to both sides in a separately written forward pass with 50 digits; the slope must agree with the formula, entry by entry.", "在另行编写的前向计算中，以 50 位精度把输入向两侧稍作移动；所得斜率须与公式逐元素相符。"),
    "central differences, doubles": ("中心差分，双精度", "The same in ordinary double precision, with a bound on the truncation and rounding errors; where rounding would hide the gradient it abstains.", "用普通双精度做同样的事，并估计截断误差与舍入误差的界；舍入误差会掩盖梯度时，它不作判断。"),
    "complex step": ("复步长求导", "A tiny imaginary step: the imaginary part of the loss is the derivative, without subtracting nearly equal numbers.", "取一个极小的虚数步长：损失的虚部就是导数，无须将相近的数相减。"),
    "outside automatic differentiation (autograd)": ("外部自动微分（autograd）", "A forward pass written separately in another library, differentiated by that library.", "用另一个库单独编写前向计算，并由该库求导。"),
    "second forward pass, 50 digits": ("另行编写的前向计算，50 位", "The equation is compared with a forward pass that was written separately, with 50 digits.", "以 50 位精度，把方程与另行编写的前向计算相比较。"),
    "both sides with 50 digits": ("以 50 位计算两边", "Both sides are evaluated with 50 digits at long sequences.", "在长序列上以 50 位精度计算两边。"),
    "printed formula": ("印出的公式", "The formula as this page prints it is read back by a second, independent reader and evaluated; it must say the same as the derived object.", "由另一个独立的程序读回本页印出的公式并求值；它必须与推导所得的对象一致。"),
    "induction over time, symbolic": ("对时间的归纳（符号）", "A symbolic proof by induction, base and step, for every T and all shapes.", "符号归纳证明，含奠基与归纳步骤，对任意 T 和所有形状成立。"),
    "SymPy, by components": ("SymPy 逐分量求导", "At small fixed sizes SymPy differentiates the loss, written out entry by entry, and the result is compared with the formula.", "在固定的小尺寸下，由 SymPy 对逐元素写出的损失求导，再与公式比较。"),
    "derivation, line by line": ("逐行检验推导", "Every line of the derivation is evaluated, not its last one only.", "推导的每一行都求值，而不只检验最后一行。"),
    "rules proved for all shapes": ("求导规则已对所有形状证明", "The rules that the derivation applies are proved once, for all shapes.", "推导所用的每条求导规则都已对所有形状证明。"),
    "chain rule in components, all shapes": ("逐分量的链式法则，所有形状", "The chain rule is written out in components with symbolic indices and sizes; what the derivation says follows for every shape.", "用带符号下标与符号尺寸的分量写出链式法则；推导的结论由此对所有形状成立。"),
    "the algorithms as published, 60 digits": ("按论文逐步运行，60 位", "The optimizer is run step by step, as its paper writes it, with 60 digits.", "按论文所写，以 60 位精度逐步运行优化器。"),
    "the algorithms as PyTorch writes them, doubles": ("按 PyTorch 的写法运行，双精度", "The optimizer is run in doubles by a second program, in the order of operations of PyTorch.", "由另一个程序按 PyTorch 的运算次序，以双精度运行优化器。"),
    "tanh-sinh quadrature": ("tanh-sinh 求积", "The integral is computed with many digits by one rule of quadrature.", "用一种求积公式以多位精度计算积分。"),
    "Gauss–Legendre quadrature": ("高斯–勒让德求积", "The same integral by another rule of quadrature.", "用另一种求积公式计算同一积分。"),
    "Monte-Carlo test": ("蒙特卡罗检验", "Random draws; the mean must lie within the spread that chance allows.", "随机抽样；平均值须落在随机波动允许的范围内。"),
    "Monte-Carlo layers": ("随机网络层的蒙特卡罗检验", "Layers with random weights are run; the measured moments must lie within the spread that chance allows.", "运行随机权重的网络层；测得的矩须落在随机波动允许的范围内。"),
    "exact integral (SymPy)": ("精确积分（SymPy）", "SymPy computes the integral exactly.", "由 SymPy 精确计算积分。"),
    "algebra (SymPy)": ("代数化简（SymPy）", "SymPy reduces the difference of both sides to zero.", "由 SymPy 把两边之差化为零。"),
    "enumeration of all values": ("列举全部取值", "Weights that take two values each are listed completely and the mean is taken exactly.", "权重各取两个值，列举全部情形并精确求平均。"),
    "expansion at zero, exact": ("在零点精确展开", "The series is expanded with exact fractions.", "用精确的分数展开级数。"),
    "iteration of 4000 layers": ("迭代 4000 层", "The map from layer to layer is iterated 4000 times.", "把层与层之间的映射迭代 4000 次。"),
    "doubles": ("双精度", "Both sides are evaluated in double precision.", "以双精度计算两边。"),
    "cases that attain it": ("达到上界的例子", "Given cases attain the bound, so it cannot be improved.", "所给的例子达到这个界，因此界不能再改进。"),
    "NumPy, transfer function at 4096 frequencies": ("NumPy，在 4096 个频率处取传递函数的值", "The singular values come from LAPACK, the transfer function from a fast Fourier transform.", "奇异值由 LAPACK 计算，传递函数由快速傅里叶变换得到。"),
    "long inputs come near it": ("长输入接近这个界", "For long inputs the two sides are nearly equal, so the bound cannot be improved by much.", "输入很长时两边几乎相等，因此这个界不能再改进多少。"),
    "recorded runs": ("记录的训练结果", "The recorded runs stand in the stated relation, the worst against the best.", "记录的训练结果满足所述关系，以最差的一次与最好的一次相比。"),
    "every path, block by block": ("逐块数出每条路径", "The paths are counted in the network itself, one block or one layer at a time.", "在网络里逐块、逐层地数出路径。"),
    "letters that do not commute": ("不可交换的字母", "Each branch becomes a letter that commutes with no other, and both sides are multiplied out.", "把每条支路换成一个与别的字母都不可交换的字母，再把两边乘开。"),
    "intervals": ("区间", "Both sides are enclosed between proved bounds, which do not overlap.", "把两边各夹在已证明的上下界之间，两个区间不重叠。"),
    "exact permutation test": ("精确置换检验", "The chance that luck alone separates the runs so clearly, counted over all exchanges.", "遍历所有交换方式，算出仅凭运气就能把结果如此分开的概率。"),
    "integer arithmetic": ("整数运算", "Both sides are computed exactly, as fractions of whole numbers.", "把两边作为整数之比精确计算。"),
    "intervals and logarithms": ("区间与对数", "Both sides are enclosed between proved bounds, by another route (logarithms).", "换一种途径（对数），把两边夹在已证明的上下界之间。"),
    "bit patterns and listed small formats": ("比特模式与逐一列出的小格式", "All numbers of small formats are listed; those of the real formats are read from their bit patterns.", "列出小格式的全部数；实际格式的数则由比特模式读出。"),
    "NumPy's limits": ("NumPy 给出的极限值", "Compared with the limits that NumPy reports for these formats.", "与 NumPy 对这些格式给出的极限值相比较。"),
    "exact rounding": ("精确舍入", "Rounding is carried out exactly, in whole numbers, for real and for very small formats.", "对实际格式和很小的格式，用整数精确地执行舍入。"),
    "NumPy's rounding": ("NumPy 的舍入", "Compared with the rounding of the machine, through NumPy.", "通过 NumPy 与机器的舍入相比较。"),
    "exact search": ("精确搜索", "The smallest number is searched for with exact fractions.", "用精确的分数搜索最小的数。"),
    "logarithms, symbolically": ("对数（符号）", "SymPy reduces the logarithm of both sides to the same expression.", "SymPy 把两边的对数化为同一式子。"),
    "differences with 60 digits": ("差分，60 位", "Difference quotients with 60 digits at several step lengths; they must approach the formula with order 2.", "以 60 位精度取若干步长的差商；它们须以二阶收敛到公式。"),
    "symbolic derivative": ("符号求导", "SymPy differentiates the definition and reduces the difference of both sides to zero.", "SymPy 对定义求导，并把两边之差化为零。"),
    "uphill search with 60 digits": ("爬坡搜索，60 位", "From many starting points the search climbs to the largest slope.", "从多个起点出发，爬坡寻找最大的斜率。"),
    "branch and bound with intervals": ("区间分支定界", "The line is divided into intervals, on each of which the slope is bounded; this proves the maximum.", "把实轴分成区间，在每个区间上给出斜率的界；由此证明最大值。"),
    "values with 60 digits": ("数值，60 位", "Both sides are evaluated with 60 digits, also at complex arguments.", "以 60 位精度计算两边，也取复数自变量。"),
    "exponentials, symbolically": ("指数函数（符号）", "SymPy reduces both sides to the same exponentials.", "SymPy 把两边化为同样的指数式。"),
    "ratio with 60 digits": ("比值，60 位", "The ratio of the two sides approaches 1 as the argument grows.", "自变量增大时，两边之比趋于 1。"),
    "limits, symbolically": ("极限（符号）", "SymPy computes the limit of the ratio at both ends.", "SymPy 计算比值在两端的极限。"),
    "NumPy, bit for bit": ("NumPy，逐位相同", "Both sides are evaluated in double precision with scales that are powers of two; not a single bit may differ.", "取 2 的幂为倍数，以双精度计算两边；一个比特都不许不同。"),
    "exact multiplication": ("精确乘法", "The matrices are multiplied out in exact fractions.", "用精确的分数把矩阵乘出来。"),
    "exact multiplication over ℂ": ("ℂ 上的精确乘法", "The matrices are multiplied out in exact complex fractions.", "用精确的复分数把矩阵乘出来。"),
    "exact complex multiplication": ("精确的复数乘法", "Complex fractions are multiplied exactly.", "用分数精确地做复数乘法。"),
    "induction on k": ("对 k 归纳", "The right side starts right, and one more factor advances it, for a symbolic k.", "右边在起点正确，且再乘一个因子后仍然成立；k 为符号。"),
    "induction on k with the addition theorems": ("对 k 归纳，用加法定理", "The right side starts right, and one more turn advances it, by the addition theorems.", "右边在起点正确，再转一次后由加法定理仍然成立。"),
    "60 digits": ("60 位", "Both sides are evaluated with 60 digits.", "以 60 位精度计算两边。"),
    "NumPy": ("NumPy", "Both sides are evaluated in doubles by NumPy.", "由 NumPy 以双精度计算两边。"),
    "NumPy's eigenvalues": ("NumPy 的特征值", "Compared with NumPy's eigenvalues.", "与 NumPy 求得的特征值相比较。"),
    "NumPy's singular values": ("NumPy 的奇异值", "Compared with NumPy's singular values.", "与 NumPy 求得的奇异值相比较。"),
    "NumPy's powers and singular values": ("NumPy 的幂与奇异值", "Compared with the singular values of powers in NumPy.", "与 NumPy 求得的幂的奇异值相比较。"),
    "characteristic polynomial": ("特征多项式", "The eigenvalues are the exact roots of the characteristic polynomial.", "特征值取特征多项式的精确根。"),
    "characteristic polynomial of WᵀW": ("WᵀW 的特征多项式", "The singular values are the roots of the exact eigenvalues of WᵀW.", "奇异值取 WᵀW 的精确特征值的平方根。"),
    "every power, exactly": ("逐次幂，精确计算", "Every power up to the proved horizon is computed exactly.", "精确计算直到已证明的界限为止的每一次幂。"),
    "256 factors in doubles": ("256 个因子，双精度", "The matrix is applied 256 times in doubles and the growth per factor is measured.", "以双精度连乘 256 次，测量每个因子的平均增长。"),
    "2^40 factors with 60 digits": ("2^40 个因子，60 位", "By repeated squaring the growth over 2⁴⁰ factors is measured with 60 digits.", "用反复平方，以 60 位精度测量 2⁴⁰ 个因子上的增长。"),
    "search for a counter-example": ("寻找反例", "Chosen hard cases, then random ones, each pushed uphill towards a violation.", "先用选定的难例，再用随机的例子，并都朝着违反结论的方向推进。"),
    "a case of equality": ("取等号的例子", "Given cases reach the bound exactly, so it cannot be improved.", "所给的例子恰好取到等号，因此界不能再改进。"),
    "breadth-first search": ("广度优先搜索", "Every place that can be reached is listed, one jump further at a time, until the end is among them.", "逐跳列出能到达的所有位置，直到终点出现在其中。"),
    "recursion over the last jump": ("按最后一跳递推", "The fewest factors to every place follow from those of the places one jump earlier.", "到每个位置的最少因子数，由前一跳的各位置递推而来。"),
    "every path written down": ("写出每一条路径", "All paths are listed as sequences of jumps, and their products are added exactly.", "把所有路径逐一写成跳的序列，精确地相乘再相加。"),
    "a linear network, differentiated": ("对线性网络求导", "A linear unit with the skip is run; one state is changed and the change is followed, in exact fractions.", "运行一个带跳跃的线性单元：改变一个状态，用精确的分数跟踪这一改变。"),
    "power of the companion matrix": ("友矩阵的幂", "The last states together move by one matrix per step; its power is taken exactly.", "最近几个状态合在一起，每步乘一个矩阵；精确地计算它的幂。"),
    "many weights, in exact fractions": ("多组权重，精确的分数", "The inequality is tried at many weights of either sign, in exact fractions, with the derivative of a network that runs.", "取多组正负不一的权重，用运行网络所得的导数，以精确的分数检验不等式。"),
    "indices followed back": ("向后追踪下标", "From one output the indices are followed back through all layers, and the inputs are counted.", "从一个输出出发，逐层向后追踪下标，数出输入的个数。"),
    "a single one sent forward": ("向前送入一个单位脉冲", "A signal with a single one runs through layers with positive weights; the outputs that it changes are counted.", "让只含一个 1 的信号通过权重为正的各层，数出它改变的输出个数。"),
    "a clock that runs": ("让时钟走一遍", "Every time step of the lag is asked whether the unit is due.", "逐个时间步地问：是否轮到该单元计算。"),
    "a unit that holds its state, differentiated": ("对保持状态的单元求导", "A linear unit with the factor one half is run and differentiated; how often the derivative was halved is counted.", "运行一个因子为二分之一的线性单元并求导，数出导数减半了多少次。"),
    "a case that attains it": ("达到上界的例子", "Given cases attain the bound, so it cannot be improved.", "所给的例子达到这个界，因此界不能再改进。"),
}  # fmt: skip

DETAILS = (
    (r"The two sides agree at (\d+) points?\.", "两边在 {0} 个点上一致。"), (r"The two sides agree at (\d+) sizes\.", "两边在 {0} 种尺寸下一致。"), (r"Both sides agree at (\d+) points?\.", "两边在 {0} 个点上一致。"),
    (r"It holds at (\d+) points?\.", "在 {0} 个点上成立。"), (r"It holds exactly at (\d+) points?\.", "在 {0} 个点上精确成立。"), (r"Difference quotients at (\d+) points?\.", "在 {0} 个点上取差商。"),
    (r"The two sides are nearly equal at (\d+) points?\.", "两边在 {0} 个点上几乎相等。"),
    (r"The two sides are identical\.", "两边恒等。"), (r"Base and step hold for every T and all shapes\.", "奠基与归纳步骤对任意 T 和所有形状成立。"), (r"Base and step hold identically\.", "奠基与归纳步骤恒成立。"),
    (r"After 2\^40 factors the rate is right to nine places for (\d+) matrices\.", "对 {0} 个矩阵，乘 2^40 个因子后，增长率的前九位正确。"), (r"The distance falls as log\(k\)/k for (\d+) matrices\.", "对 {0} 个矩阵，差距按 log(k)/k 减小。"),
    (r"Attained at a = (\S+); slack (\S+)\.", "在 a = {0} 处达到；余量 {1}。"), (r"Attained: (.+)\.", "达到上界：{0:place}。"), (r"Enclosed between (\S+) and (\S+); beyond \|a\| = (\d+) the slope only falls\.", "介于 {0} 与 {1} 之间；|a| 超过 {2} 后斜率只会减小。"),
    (r"No counter-example among (\d+) cases; the nearest that was not given beforehand reaches (\S+) of the bound\.", "{0} 个例子中没有反例；事先未给出的例子里，最接近的达到界的 {1} 倍。"), (r"No counter-example; (\d+) cases fulfil premise and conclusion\.", "没有反例；有 {0} 个例子同时满足前提与结论。"),
    (r"The enclosures agree at (\d+) points, to a relative width of (\S+)\.", "包含区间在 {0} 个点上相符，相对宽度为 {1}。"), (r"The logarithm of r\^n is −ln 2 identically\.", "r^n 的对数恒为 −ln 2。"), (r"The ratio tends to 1 at both ends\.", "比值在两端都趋于 1。"),
    (r"The ratio differs from 1 by (\S+) at \|a\| = (\d+) and by (\S+) at \|a\| = (\d+)\.", "比值与 1 之差：|a| = {1} 时为 {0}，|a| = {3} 时为 {2}。"),
    (r"The two sides are equal at (\d+) points?\.", "两边在 {0} 个点上相等。"), (r"Every one of (\d+) lines? holds, at (\d+) points? in all\.", "全部 {0} 行都成立，共检验 {1} 个点。"), (r"The two sides are the same (\d+) terms? at (\d+) points?\.", "在 {1} 个点上，两边由相同的 {0} 项组成。"),
    (r"Derived anew by rules that are proved for all shapes \((.+)\); the right side has the same normal form for every T\.", "用已对所有形状证明的求导规则（{0:rules}）重新推导；对任意 T，右边的规范形与之相同。"), (r"The right side has the components that the chain rule gives, for every T and all shapes\.", "对任意 T 与所有形状，右边的各分量都与链式法则给出的相同。"),
    (r"The recorded runs agree: (\S+) against (\S+)\.", "与记录的训练结果相符：{0} 对 {1}。"), (r"Luck alone would separate the runs as clearly with probability (\S+)\.", "仅凭运气把结果如此分开的概率是 {0}。"), (r"The two sides differ by at most (\S+) standard errors\.", "两边之差不超过 {0} 个标准误。"), (r"The integral is the right side, identically\.", "积分恒等于右边。"),
    (r"Each step adds (\S+) to 1/q in the limit, so l q tends to (\S+)\.", "在极限下，每一步使 1/q 增加 {0}，因此 l q 趋于 {1}。"), (r"From (\d+) starts, 1/q grows by (\S+) a step\.", "从 {0} 个起点出发，1/q 每步增加 {1}。"),
    (r"The two sides agree at (\d+) points?((?:; at \d+ others? it abstained, since .+?)+)\.", "两边在 {0} 个点上一致{1:silence}。"),
    (r"Negative control failed: .+ rejects none of the (\d+) mutants, so its agreement says nothing\.", "负对照失败：{0} 个错误版本它一个也没有否决，所以它的相符说明不了什么。"),
    (r"Both factors are numbers, and numbers commute\.", "两个因子都是数，可以交换。"),
    (r"The two have the same factors, and those that have changed places are numbers \(1 × 1\)\.", "两者的因子相同，换了位置的都是数（1 × 1）。"),
    (r"The entries of u add up to zero, so that the mean, which a has and u has not, adds nothing to the sum\.", "u 的各元素之和为零，所以 a 比 u 多出的平均值对这个和没有贡献。"),
    (r"Both factors are numbers, and numbers commute\.", "两个因子都是数，而数可以交换。"),
    (r"Both have the same normal form: what is added is an adjoint past the end or an empty sum, hence zero\.", "两者的规范形相同：多出的部分是末尾之后的伴随变量或空和，因而为零。"),
)  # fmt: skip

# Where something was tried or went wrong.
PLACES = (
    (r"base", "奠基"), (r"step", "归纳步骤"), (r"every", "任意"), (r"all", "所有"), (r"the stated numbers", "所给的数"), (r"the whole line", "整条实轴"), (r"symbolic r", "符号 r"), (r"(plus|minus) infinity", "{0:sign}无穷"),
    (r"a to (plus|minus) infinity", "a 趋于{0:sign}无穷"), (r"a random (\d+) × (\d+) matrix", "随机的 {0} × {1} 矩阵"), (r"a random (\d+) × (\d+) matrix, (.+)", "随机的 {0} × {1} 矩阵，{2}"), (r"(\S+) times a quarter turn, (.+)", "四分之一周旋转的 {0} 倍，{1}"),
    (r"a random network with (\d+) units, (\d+) steps, (.+)", "随机网络：{0} 个单元，{1} 步，{2:function}"), (r"(W = )?(\S+) times a rotation, every unit where its slope is largest \((.+)\), (k − t = \d+)", "{0}旋转的 {1} 倍，每个单元都取斜率最大处（{2:function}），{3}"),
    (r"(W = )?(\S+) times a rotation with (.+) at (rest|0), (\d+) steps", "{0}旋转的 {1} 倍，{2:function}，预激活值为 0，{4} 步"), (r"(W = )?(\S+) times a rotation, (.+)", "{0}旋转的 {1} 倍，{2}"), (r"W = a rotation with (.+) at rest, (\d+) steps", "W 为旋转，{0:function}，预激活值为 0，{1} 步"),
    (r"W = (.+) with the second ReLU off, (\d+) steps", "W = {0}，第二个 ReLU 关闭，{1} 步"), (r"W = (\[.+\]) with (.+) at rest, (\d+) steps", "W = {0}，{1:function}，预激活值为 0，{2} 步"), (r"W with all entries (\S+) and (.+) at rest, (\d+) steps", "W 的元素全为 {0}，{1:function}，预激活值为 0，{2} 步"),
    (r"(\S+) of the bound", "界的 {0} 倍"), (r"symbolic", "符号"), (r"(\S+) against (\S+)", "{0} 对 {1}"), (r"expansion at q = 0", "在 q = 0 处展开"), (r"q near 0", "q 接近 0"),
)  # fmt: skip

_RULES = {"sum": "和", "time_sum": "对时间求和", "product": "乘积", "hadamard": "逐元素乘积", "elementwise": "逐元素函数", "transpose": "转置", "power": "幂", "ordered_product": "有序乘积", "softmax": "softmax", "loss": "损失", "inner": "内积"}
_SILENT = {"rounding or truncation could hide an error": "舍入误差或截断误差可能掩盖错误", "the differences do not show order 2": "差分没有显出二阶收敛", "a nudge leaves the domain of a function": "差分的一步超出了函数的定义域"}
_SIGNS, _FUNCTIONS = {"plus": "正", "minus": "负"}, {"the logistic function": "逻辑斯谛函数", "ReLU": "ReLU"}
_TABLES = {kind: tuple((re.compile(pattern), zh) for pattern, zh in table) for kind, table in (("detail", DETAILS), ("place", PLACES), ("mutant", MUTANTS))}
_WORD = re.compile(r"[A-Za-z]{2,}")
# Names that are written alike in both languages: Greek letters, sizes, functions.
_POINT = re.compile(r"\w+ = \S+(?:, \w+ = \S+)*")
_ALIKE = re.compile(r"\b(?:lambda|theta|tau|rho|sigma|gamma|phi|size|tanh|sigmoid|relu|Angle|cosine|sine|ReLU)\b")


def both(kind, english):
    """{"en", "zh"} of a text of the given kind ('check', 'detail', 'place' or 'mutant'); "zh" is None where no table has it, None for None."""
    return None if english is None else {"en": english, "zh": chinese(kind, english)}


def did(check):
    """What a check does, in both languages; None for a check that stands in no table."""
    found = CHECKS.get(check)
    return {"en": found[1], "zh": found[2]} if found else None


@lru_cache(maxsize=None)
def chinese(kind, english):
    """The Chinese of one text, or None."""
    if kind == "check":
        return CHECKS.get(english, (None,))[0]
    if kind == "place" and "; " in english:
        said = [chinese(kind, part) for part in english.split("; ")]
        return None if None in said else "；".join(said)
    for pattern, sentence in _TABLES[kind]:
        if match := pattern.fullmatch(english):
            return re.sub(r"\{(\d+)(?::(\w+))?\}", lambda hole: _part(match[int(hole[1]) + 1] or "", hole[2]), sentence)
    return None if not _POINT.fullmatch(english) and _WORD.search(_ALIKE.sub("", english)) else english


def _part(text, how):
    if how == "place":
        return chinese("place", text) or text
    if how == "silence":
        return "".join(f"；另有 {count} 个点不作判断，因为{_SILENT[reason]}" for count, reason in re.findall(r"; at (\d+) others? it abstained, since ([^;]+)", text))
    if how == "rules":
        return "、".join(_RULES.get(rule, rule) for rule in text.split(", "))
    return {"sign": _SIGNS, "function": _FUNCTIONS}.get(how, {}).get(text, text)


def named(checks, mutants):
    """The texts of a record's checks and mutants in both languages, from their English: new lists, the rest untouched."""
    return (
        [check | {"name": both("check", _en(check["name"])), "did": did(_en(check["name"])), "detail": both("detail", _en(check["detail"])), "where": both("place", _en(check["where"])), "worst": _measured(_en(check["worst"])), "samples": [_sample(s) for s in check["samples"]]} for check in checks],
        [mutant | {"name": both("mutant", _short(_en(mutant["name"]))), "by": both("check", _en(mutant["by"])), "where": both("place", _en(mutant["where"])), "proof": both("detail", _en(mutant["proof"]))} for mutant in mutants],
    )  # fmt: skip


def _en(text):
    return text["en"] if isinstance(text, dict) else text


def _measured(worst):
    """A number as it is; what is said in words, in both languages."""
    return both("place", worst) if worst and " " in worst else worst


def _sample(sample):
    """A point as the record keeps it; its texts in both languages."""
    return {key: both("place", _en(value)) if isinstance(value, str) or isinstance(value, dict) and "en" in value else value for key, value in sample.items()}


def _short(name):
    """Numbers of 25 digits and more are cut in the middle."""
    return re.sub(r"\d{25,}", lambda long: f"{long[0][:9]}…{long[0][-9:]}", name)


def unnamed(record):
    """The English texts of a record that have no Chinese, each once, with what they are: (kind, text)."""
    found = {}

    def look(kind, value):
        if isinstance(value, dict) and value.get("en") and value.get("zh") is None:
            found[kind, value["en"]] = True

    for check in record["checks"]:
        for kind, key in (("check", "name"), ("detail", "detail"), ("place", "where"), ("place", "worst")):
            look(kind, check[key])
        for sample in check["samples"]:
            for value in sample.values():
                look("place", value)
    for mutant in record["mutants"]:
        for kind, key in (("mutant", "name"), ("check", "by"), ("place", "where"), ("detail", "proof")):
            look(kind, mutant[key])
    return list(found)

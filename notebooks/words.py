"""The words of a notebook in both languages."""

WORDS = {
    "en": {
        "title": "Notebook for chapter {chapter}: {title}",
        "intro": (
            "This notebook recomputes results of {chapter}. Each is shown with its derivation, and its formula is run as a program. Where it is a derivative, "
            "it is compared with what the forward pass does when a number is moved a little; a wrong version (✗) must be seen to be wrong. "
            "A cell that finds a disagreement stops with an error. Change the numbers and run it again."
        ),
        "chapter": "chapter {chapter}, “{title}”",
        "install": "To run it, install the project it belongs to: in its folder, `python -m pip install --editable . jupyterlab`, then `jupyter lab`.",
        "derivation": "**Derivation**",
        "network": "The network `{model}` with random numbers in it; its derivatives are measured, no formula is used for them.",
        "figure": "The figure {name}",
        "figure_text": "Computed and drawn here by the module that draws it for the chapter, `figures/{name}.py`.",
        "play": "Try it: T, sizes and ρ in {model}",
        "play_text": "How far does the last state still feel the states before it? The slope is measured for three spectral radii $\\rho$ of the recurrent weights; change them, the length `T` and the sizes.",
        "rest": "Results of the chapter that are not shown here: {count}. `python -m derivations list` names them. For each, `verified(\"…\")` runs all checks, and `python -m derivations mutants` names the wrong versions that `rejected(\"…\", \"…\")` takes.",
    },
    "zh": {
        "title": "第 {chapter} 章的笔记本：{title}",
        "intro": (
            "本笔记本重新计算{chapter}中的结论。每个结论都附有推导，其公式作为程序运行。凡是导数，都与前向计算的实测结果比较：把某个数稍作移动，看损失或状态怎样变化；"
            "写错的公式（✗）必须显出错误。单元格一旦发现不符，就报错停止。可以改动其中的数，再运行一遍。"
        ),
        "chapter": "第 {chapter} 章“{title}”",
        "install": "运行之前先安装本项目：在项目文件夹中执行 `python -m pip install --editable . jupyterlab`，再执行 `jupyter lab`。",
        "derivation": "**推导**",
        "network": "网络 `{model}`，其中的数随机选取；它的导数都是实测所得，不用任何公式。",
        "figure": "图 {name}",
        "figure_text": "由绘制本章插图的模块 `figures/{name}.py` 当场计算并绘制。",
        "play": "动手试试：{model} 的 T、尺寸与 ρ",
        "play_text": "最后的状态还能在多大程度上感受到之前的状态？这里对循环权重的三个谱半径 $\\rho$ 实测其斜率；可以改动谱半径、长度 `T` 和各个尺寸。",
        "rest": "本章还有 {count} 个结论没有列出，名称见 `python -m derivations list`。对每一个都可以用 `verified(\"…\")` 运行全部检验；`rejected(\"…\", \"…\")` 可用的错误版本由 `python -m derivations mutants` 列出。",
    },
}

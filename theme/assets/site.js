// What a script adds to pages that already read without one: equations shown on hover, copy buttons, filters for the index
// of results and for the claims (kept in the address), the edges of a chosen node in the graph of uses, the anchor in the
// link to the other language, and keyboard focus for boxes that scroll.
(function () {
  "use strict";
  var words = document.documentElement.lang === "zh" ? { copy: "复制", copied: "已复制" } : { copy: "Copy", copied: "Copied" };

  // ---- the other language, at the same heading or equation ----
  var language = document.querySelector("a.language");
  function keepAnchor() { language.hash = location.hash; language.search = location.search; }
  if (language) { addEventListener("hashchange", keepAnchor); language.addEventListener("pointerdown", keepAnchor); language.addEventListener("focus", keepAnchor); keepAnchor(); }

  // ---- a link to something folded opens what folds it ----
  function unfold() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  }
  addEventListener("hashchange", unfold);
  unfold();

  // ---- boxes that scroll can be reached with the keyboard ----
  function reachable() {
    document.querySelectorAll(".eq__math, .eq__step, .scroll").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0; else box.removeAttribute("tabindex");
    });
  }
  addEventListener("resize", reachable);
  document.addEventListener("toggle", reachable, true);
  reachable();

  // ---- copy ----
  document.querySelectorAll(".copy").forEach(function (box) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy__button";
    button.textContent = words.copy;
    button.setAttribute("aria-label", words.copy + " " + box.querySelector("summary").textContent);
    button.addEventListener("click", function (event) {
      event.preventDefault(); // the button sits in the summary, which must not fold
      copyText(box.querySelector(".copy__text").textContent).then(function () {
        button.textContent = words.copied;
        setTimeout(function () { button.textContent = words.copy; }, 1500);
      });
    });
    box.querySelector("summary").append(button);
  });
  function copyText(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    // Pages opened over plain http have no clipboard of that kind.
    var area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    return Promise.resolve();
  }

  // ---- an equation beside every reference to it ----
  var pages = {}, popover = document.createElement("div"), shownFor = null, waiting = 0;
  popover.className = "eq-pop md-typeset";
  popover.id = "equation-popover";
  popover.setAttribute("role", "tooltip");
  popover.hidden = true;
  document.body.append(popover);

  // A link within a drawing has no address of the usual kind.
  function goal(link) { return new URL(link.getAttribute("href"), location.href); }
  function pageOf(link) {
    var address = goal(link).href.split("#")[0];
    if (address === location.href.split("#")[0]) return Promise.resolve(document);
    pages[address] = pages[address] || fetch(address).then(function (answer) { return answer.text(); })
      .then(function (html) { return new DOMParser().parseFromString(html, "text/html"); });
    return pages[address];
  }
  function show(link) {
    clearTimeout(waiting);
    shownFor = link;
    pageOf(link).then(function (page) {
      var equation = page.getElementById(decodeURIComponent(goal(link).hash.slice(1)));
      if (!equation || shownFor !== link) return;
      var title = document.createElement("div");
      title.className = "eq-pop__title";
      title.append(equation.querySelector(".eq__number").textContent + " ", equation.querySelector(".badge").cloneNode(true), " " + equation.querySelector(".eq__title").textContent);
      popover.replaceChildren(document.importNode(equation.querySelector(".eq__math"), true), title);
      popover.hidden = false;
      link.setAttribute("aria-describedby", popover.id);
      place(link);
    }).catch(function () { /* opened from a file, or offline: the link itself still works */ });
  }
  function place(link) {
    var at = link.getBoundingClientRect(), box = popover.getBoundingClientRect();
    var left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.width - 8));
    var above = at.bottom + box.height + 8 > innerHeight && at.top > box.height + 70;
    popover.style.left = left + scrollX + "px";
    popover.style.top = scrollY + (above ? at.top - box.height - 6 : at.bottom + 6) + "px";
  }
  function hide() {
    if (shownFor) shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    popover.hidden = true;
  }
  function hideSoon() { clearTimeout(waiting); waiting = setTimeout(hide, 200); }
  popover.addEventListener("pointerenter", function () { clearTimeout(waiting); });
  popover.addEventListener("pointerleave", hideSoon);
  addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  addEventListener("pointerdown", function (event) { if (!popover.contains(event.target) && event.target.closest("a") !== shownFor) hide(); });
  document.querySelectorAll(".eq-ref, .num, .deps__node").forEach(function (link) {
    var tapped = false;
    link.addEventListener("pointerenter", function (event) { if (event.pointerType === "mouse") { clearTimeout(waiting); waiting = setTimeout(show, 100, link); } });
    link.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") hideSoon(); });
    link.addEventListener("pointerdown", function (event) { tapped = event.pointerType !== "mouse" && shownFor !== link; });
    link.addEventListener("focus", function () { if (link.matches(":focus-visible")) show(link); });
    link.addEventListener("blur", hideSoon);
    // The first tap shows the equation, the second follows the link.
    link.addEventListener("click", function (event) { if (tapped) { event.preventDefault(); tapped = false; show(link); } else hide(); });
  });

  // ---- the graph of uses: the edges of the node under the pointer or the focus stand out ----
  document.querySelectorAll(".deps svg").forEach(function (drawing) {
    function choose(event) {
      var node = event.type !== "pointerleave" && event.type !== "focusout" && event.target.closest("[data-node]");
      drawing.classList.toggle("is-chosen", !!node);
      drawing.querySelectorAll("[data-ends]").forEach(function (edge) {
        edge.classList.toggle("is-near", !!node && edge.dataset.ends.split(" ").indexOf(node.dataset.node) >= 0);
      });
    }
    ["pointerover", "pointerleave", "focusin", "focusout"].forEach(function (name) { drawing.addEventListener(name, choose); });
    // The equation itself is shown in place of the browser's own small box; the name stays in aria-label.
    drawing.querySelectorAll(".deps__node title").forEach(function (title) { title.remove(); });
  });

  // ---- the index of results, and the claims ----
  var form = document.querySelector(".results__filter");
  if (form) {
    var fields = [].slice.call(form.querySelectorAll("[data-filter]")), rows = form.parentElement.querySelectorAll("[data-topic]");
    var choose = function () {
      var count = 0;
      rows.forEach(function (row) {
        row.hidden = !fields.every(function (field) {
          if (field.dataset.filter === "text") return row.textContent.toLowerCase().indexOf(field.value.trim().toLowerCase()) >= 0;
          return !field.value || row.dataset[field.dataset.filter] === field.value;
        });
        count += !row.hidden;
      });
      form.querySelector(".results__count b").textContent = count;
    };
    // What is chosen stands in the address, so that it can be passed on; an address with a choice in it makes that choice.
    var remember = function () {
      var query = new URLSearchParams();
      fields.forEach(function (field) { if (field.value.trim()) query.set(field.dataset.filter, field.value.trim()); });
      history.replaceState(null, "", (String(query) ? "?" + query : location.pathname) + location.hash);
      if (language) keepAnchor();
    };
    var asked = new URLSearchParams(location.search);
    fields.forEach(function (field) {
      var value = asked.get(field.dataset.filter) || "";
      if (field.tagName === "INPUT" || [].some.call(field.options, function (option) { return option.value === value; })) field.value = value;
    });
    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function () { choose(); remember(); });
    choose();
    // A link to something that the choice hides shows everything again.
    addEventListener("hashchange", function () {
      var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("[data-topic][hidden]")) { form.reset(); choose(); remember(); target.scrollIntoView(); }
    });
  }
})();

"use strict";
(() => {
  const form = document.getElementById("controls");
  if (!form) return;
  const main = document.getElementById("findings");
  const search = document.getElementById("search");
  const total = document.getElementById("total");
  const none = document.getElementById("none");
  const articles = [...main.querySelectorAll("article")];

  // regroup puts the findings below a heading for each package or pass.
  function regroup(by) {
    const groups = new Map();
    for (const article of articles) {
      const key = article.dataset[by];
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(article);
    }
    const sections = [];
    for (const [key, members] of groups) {
      const section = document.createElement("section");
      section.className = "group";
      const heading = document.createElement("h2");
      const number = document.createElement("span");
      number.className = "dim";
      heading.append(key + " ", number);
      section.append(heading, ...members);
      sections.push(section);
    }
    main.replaceChildren(...sections);
  }

  // filter hides what does not match, and says how much is left.
  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const passes = new Set([...form.querySelectorAll("[name=pass]:checked")].map((box) => box.value));
    let left = 0;
    for (const article of articles) {
      const match = passes.has(article.dataset.pass) && words.every((word) => article.dataset.search.includes(word));
      article.hidden = !match;
      if (match) left++;
    }
    for (const section of main.querySelectorAll(".group")) {
      const visible = section.querySelectorAll("article:not([hidden])").length;
      section.hidden = visible === 0;
      section.querySelector("h2 .dim").textContent = visible;
    }
    none.hidden = left > 0;
    total.textContent = left === articles.length ? total.dataset.all : left + " of " + total.dataset.all;
  }

  // step moves the focus to the next or previous finding.
  function step(by) {
    const visible = [...main.querySelectorAll("article:not([hidden])")];
    if (visible.length === 0) return;
    const at = visible.findIndex((article) => article.contains(document.activeElement));
    const next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : Math.min(Math.max(at + by, 0), visible.length - 1);
    visible[next].focus();
    visible[next].scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target.name === "group") regroup(event.target.value);
    filter();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      search.focus();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    }
  });
  form.hidden = false;
})();

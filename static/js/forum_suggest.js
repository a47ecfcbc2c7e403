// Offers names after "@" and two letters, and topics like the title that is being typed.
// Without this script the register number is typed, and like topics come with the preview.
(() => {
  const QUIET = 300;

  const ask = async (path, asked) => {
    try {
      const answer = await fetch(`${path}?${new URLSearchParams(asked)}`);
      return answer.ok ? await answer.json() : {};
    } catch {
      return {};
    }
  };

  const offerNames = (box, path, place) => {
    const list = document.createElement("ul");
    list.className = "mention-list";
    list.id = `sebut-${place}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Rekan yang dapat disebut");
    list.hidden = true;
    box.after(list);
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-autocomplete", "list");
    let timer = 0;
    let chosen = -1;
    let typed = "";

    const begun = () => {
      const before = box.value.slice(0, box.selectionStart);
      const found = /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{N}.' -]{1,40})$/u.exec(before);
      return found ? found[1] : "";
    };
    const close = () => {
      clearTimeout(timer);
      list.hidden = true;
      list.replaceChildren();
      chosen = -1;
      box.removeAttribute("aria-activedescendant");
    };
    const mark = (place) => {
      const rows = [...list.children];
      chosen = (place + rows.length) % rows.length;
      for (const [at, row] of rows.entries()) row.setAttribute("aria-selected", String(at === chosen));
      box.setAttribute("aria-activedescendant", rows[chosen].id);
    };
    const take = (number) => {
      const end = box.selectionStart;
      const start = end - typed.length - 1;
      box.setRangeText(`@${number} `, start, end, "end");
      close();
      box.focus();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const show = (names) => {
      list.replaceChildren(
        ...names.map((row, at) => {
          const item = document.createElement("li");
          item.id = `${list.id}-${at}`;
          item.dataset.number = row.number;
          item.setAttribute("role", "option");
          item.textContent = [row.name, row.number, row.unit].filter(Boolean).join(" · ");
          return item;
        }),
      );
      list.hidden = names.length === 0;
      if (names.length) mark(0);
    };

    box.addEventListener("input", () => {
      close();
      const text = begun();
      if (text.trim().length < 2) return;
      timer = setTimeout(async () => {
        const { place = "" } = box.form.dataset;
        const kategori = box.form.elements.category?.value ?? "";
        const { names = [] } = await ask(path, { q: text.trim(), place, kategori });
        if (begun() !== text) return;
        typed = text;
        show(names);
      }, QUIET);
    });
    box.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") mark(chosen + 1);
      else if (event.key === "ArrowUp") mark(chosen - 1);
      else if (event.key === "Enter") take(list.children[chosen].dataset.number);
      else if (event.key === "Escape") close();
      else {
        if (event.key === "Tab" || event.key === "ArrowLeft" || event.key === "ArrowRight") close();
        return;
      }
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const row = event.target.closest("li");
      if (row) take(row.dataset.number);
    });
    box.addEventListener("blur", close);
  };

  const offerTopics = (field, section) => {
    const list = section.querySelector("ul");
    let timer = 0;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const title = field.value;
        const long = title.trim().length >= 8;
        const { topics = [] } = long ? await ask(section.dataset.similar, { judul: title }) : {};
        if (field.value !== title) return;
        list.replaceChildren(
          ...topics.map((row) => {
            const item = document.createElement("li");
            const link = document.createElement("a");
            link.href = row.path;
            link.textContent = row.title;
            item.append(link, row.state ? ` (${row.state})` : "");
            return item;
          }),
        );
        section.hidden = topics.length === 0;
      }, QUIET);
    });
  };

  for (const [place, form] of document.querySelectorAll("form[data-mentions]").entries()) {
    const box = form.querySelector("textarea[name=source]");
    if (box) offerNames(box, form.dataset.mentions, place);
  }
  const section = document.querySelector("[data-similar]");
  const title = document.querySelector("form[data-mentions] input[name=title]");
  if (section && title) offerTopics(title, section);
})();

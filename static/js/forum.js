// Keeps what is being written: a few seconds after the last letter the draft goes to the server.
// Without this script the button "Simpan draf" does the same.
(() => {
  const QUIET = 2500;
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const said = form.querySelector("[data-draft-said]");
    let timer = 0;
    let kept = "";
    const save = async () => {
      const data = new FormData(form);
      data.delete("attachments");
      data.set("place", form.dataset.place);
      const text = JSON.stringify([...data.entries()]);
      if (text === kept) return;
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body: data });
        const { sentence } = await answer.json();
        if (answer.ok) kept = text;
        said.textContent = sentence;
      } catch {
        said.textContent = "Draf belum tersimpan; periksa jaringan Anda.";
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, QUIET);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  }
})();

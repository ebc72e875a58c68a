// A refused query: the reason, and the line and column it names, marked in the editor.

const PLACE = /line (\d+), column (\d+)/;

function line(text, number, column) {
  const mark = document.createElement("pre");
  mark.className = "mark";
  const margin = `${String(number).padStart(4)}  `;
  mark.textContent = `${margin}${text}\n${" ".repeat(margin.length + column - 1)}^`;
  return mark;
}

// `error` as Yasr has it: its text is the body of the answer, whose first line is the status.
export async function refusal(error, yasqe) {
  const shown = document.createElement("div");
  shown.setAttribute("role", "alert");
  const reason = document.createElement("p");
  reason.textContent = error.text.replace(/^\d{3} .*\n/, "").trim() || "The service did not answer.";
  shown.append(reason);
  const place = PLACE.exec(error.text);
  const text = place && yasqe.getLine(place[1] - 1);
  if (text !== null && text !== undefined) {
    shown.append(line(text, Number(place[1]), Number(place[2])));
    yasqe.getDoc().setCursor({ line: place[1] - 1, ch: place[2] - 1 });
  }
  return shown;
}

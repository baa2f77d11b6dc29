// Shows the document, and Swagger's own English words in the language of the server.
fetch("/docs/palavras.json")
  .then((answer) => answer.json())
  .then((words) => {
    const translate = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        const word = node.data.trim();
        if (Object.hasOwn(words, word)) node.data = node.data.replace(word, words[word]);
        return;
      }
      // What a server answered, and examples, stay as they are.
      if (node.tagName === "PRE" || node.tagName === "CODE" || node.tagName === "TEXTAREA") return;
      node.childNodes.forEach(translate);
    };
    new MutationObserver((changes) =>
      changes.forEach((change) => {
        change.addedNodes.forEach(translate);
        if (change.type === "characterData") translate(change.target);
      }),
    ).observe(document.body, { childList: true, subtree: true, characterData: true });
    SwaggerUIBundle({ url: "/openapi.json", dom_id: "#documento", defaultModelsExpandDepth: -1 });
  });

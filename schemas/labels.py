"""silver/labels: what language models say of texts."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

BLANK, EMPTY, NO_COMPLETION, NO_SCORE, TOO_LONG, TWO_SCORES = FAILURES = (
    "blank",
    "empty",
    "no_completion",
    "no_score",
    "too_long",
    "two_scores",
)
"""Why there is no score: the text is blank, and nobody was asked; the answer is empty; it is no completion; it does not
end with a score in the form that was asked for; it is too long; it has two scores."""

JOURNALS = "_labels"
"""The folder of a local lake with the labels that are not yet in the table."""

TABLE = Table(
    name="silver/labels",
    about="What a language model says of a text by a rubric (`decantry label`): a score, or why there is none.",
    key=("id", "text_hash", "model_sha256", "rubric_sha256", "label"),
    columns=(
        Column("id", "string", "The document's id.", nullable=False),
        Column("text_hash", "string", "The sha256 of the whole text: `sha2(text, 256)`.", nullable=False),
        Column("model_sha256", "string", "The sha256 of the model's name: nobody sees its weights.", nullable=False),
        Column("label", "string", "The rubric's name, such as edu.", nullable=False),
        Column("rubric_sha256", "string", "A hash of all that was asked, and how.", nullable=False),
        Column("model", "string", "The model's name, as its endpoint knows it.", nullable=False),
        Column("score", "int", "The score, from 0 to 5; null if there is none."),
        Column("failure", "string", f"Why there is no score: {', '.join(FAILURES)}; null if there is one."),
        Column("detail", "string", "The model's reasons, or what it said instead of a score; at most 500 characters."),
        Column("characters", "int", "How many characters of the text the model was given."),
        Column("prompt_tokens", "bigint", "Tokens that were sent, over all attempts.", "tokens"),
        Column("completion_tokens", "bigint", "Tokens that were answered, over all attempts.", "tokens"),
        Column("attempts", "int", "How often the model was asked; 0 if the label is that of another id's same text."),
        Column("url", "string", "The document's address."),
        Column("host", "string", "The host of the document's address."),
        Column("endpoint", "string", "The endpoint's address."),
        Column("labelled_at", "timestamp", "When the answer came."),
        Column("run_id", "string", "The run that asked."),
    ),
    constraints={
        "score_range": "score IS NULL OR score BETWEEN 0 AND 5",
        "score_or_failure": "(score IS NULL) <> (failure IS NULL)",
    },
)

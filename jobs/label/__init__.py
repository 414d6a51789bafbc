"""Labels by a language model: texts are judged by a rubric, and the answers are kept."""

"""What an article's text is: paragraphs, lines, sentences, words, prose apart from furniture."""

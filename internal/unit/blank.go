package unit

import (
	"bytes"
	"go/scanner"
	"go/token"
)

// blankBodies returns src with spaces for the bodies of its functions, so
// that parsing them costs little. Lines and columns of the rest do not change.
// It may change src.
//
// A source with line directives is returned as it is: those in a body also
// speak for the lines after it. So is what follows something that does not
// look like Go: the parser will say what is wrong with it.
func blankBodies(src []byte) []byte {
	if bytes.Contains(src, []byte("//line ")) || bytes.Contains(src, []byte("/*line ")) {
		return src
	}
	for at := 0; ; {
		open := nextBody(src, at)
		if open < 0 {
			return src
		}
		end := skipBlock(src, open)
		if end < 0 {
			return src
		}
		for i, c := range src[open+1 : end] {
			if c != '\n' {
				src[open+1+i] = ' '
			}
		}
		at = end + 1
	}
}

// nextBody returns the offset of the brace that opens the body of the first
// function declared at top level after src[at], which is at top level too.
// It returns -1 if there is none.
func nextBody(src []byte, at int) int {
	rest := src[at:]
	file := token.NewFileSet().AddFile("", -1, len(rest))
	var s scanner.Scanner
	s.Init(file, rest, func(token.Position, string) {}, 0)
	depth := 0      // of braces, brackets and parentheses
	inFunc := false // in a declaration that starts with func
	start := true   // of a declaration
	prev := token.ILLEGAL
	for {
		pos, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			return -1
		case token.FUNC:
			inFunc = inFunc || start
		case token.LPAREN, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.LBRACE:
			isType := prev == token.STRUCT || prev == token.INTERFACE
			if inFunc && depth == 0 && !isType {
				return at + file.Offset(pos)
			}
			depth++
		}
		start = tok == token.SEMICOLON && depth == 0
		if start {
			inFunc = false
		}
		prev = tok
	}
}

// skipBlock returns the offset of the brace that closes the one at src[open],
// or -1. It knows just enough of Go's lexis to tell braces from text.
func skipBlock(src []byte, open int) int {
	depth := 0
	for i := open; i < len(src); i++ {
		switch c := src[i]; c {
		case '{':
			depth++
		case '}':
			depth--
			if depth == 0 {
				return i
			}
		case '"', '\'', '`':
			n := skipQuoted(src[i:])
			if n < 0 {
				return -1
			}
			i += n - 1
		case '/':
			n := skipComment(src[i:])
			if n < 0 {
				return -1
			}
			i += n - 1
		}
	}
	return -1
}

// skipQuoted returns the length of the literal that src starts with, or -1.
func skipQuoted(src []byte) int {
	quote := src[0]
	for i := 1; i < len(src); i++ {
		switch c := src[i]; {
		case c == quote:
			return i + 1
		case c == '\\' && quote != '`':
			i++
		case c == '\n' && quote != '`':
			return -1
		}
	}
	return -1
}

// skipComment returns the length of the comment that src starts with, 1 if
// the slash starts none, or -1 if the comment has no end.
func skipComment(src []byte) int {
	switch {
	case bytes.HasPrefix(src, []byte("//")):
		return bytes.IndexByte(src, '\n')
	case bytes.HasPrefix(src, []byte("/*")):
		n := bytes.Index(src[2:], []byte("*/"))
		if n < 0 {
			return -1
		}
		return 2 + n + 2
	}
	return 1
}

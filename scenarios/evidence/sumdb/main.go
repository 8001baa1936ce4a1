// Reads a head, an entry with its proof, and the way from an older head, as JSON on standard input, and judges them
// by the code of Go's checksum database alone: golang.org/x/mod/sumdb, which knows nothing of this project.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type claim struct {
	Key         string
	Note        string
	Older       string
	Record      []byte
	Index       int64
	Inclusion   [][]byte
	Consistency [][]byte
}

func head(text, key string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	// tlog.ParseTree wants the name of Go's own log in the first line; size and root stand in the same places.
	lines := strings.SplitN(opened.Text, "\n", 2)
	if len(lines) != 2 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("the first line is not the name of the log")
	}
	return tlog.ParseTree([]byte("go.sum database tree\n" + lines[1]))
}

func hashes(proof [][]byte) []tlog.Hash {
	read := make([]tlog.Hash, len(proof))
	for i, hash := range proof {
		copy(read[i][:], hash)
	}
	return read
}

func judge() error {
	var c claim
	if err := json.NewDecoder(os.Stdin).Decode(&c); err != nil {
		return err
	}
	newer, err := head(c.Note, c.Key)
	if err != nil {
		return err
	}
	older, err := head(c.Older, c.Key)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(hashes(c.Inclusion), newer.N, newer.Hash, c.Index, tlog.RecordHash(c.Record)); err != nil {
		return err
	}
	return tlog.CheckTree(hashes(c.Consistency), newer.N, newer.Hash, older.N, older.Hash)
}

func main() {
	if err := judge(); err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	fmt.Println("ok")
}

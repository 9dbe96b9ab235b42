// Makes open cases in the file of an embedded engine that is stopped: rows like those of one real open case, under other names.
// A name is as long as the one it takes the place of, so what the engine keeps packed stays whole. Their timers fall due over a day.
//
// engine-rows <temporal.db> <workflow id> <first> <count>
package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite"
)

const (
	batch = 5000
	stamp = "2006-01-02 15:04:05.999999999-07:00"
	// Beyond any measurement that looks at them.
	soonest = 2 * time.Hour
	spread  = 24 * time.Hour
)

type row struct {
	table   string
	columns []string
	values  []any
}

type name struct {
	workflow string
	run      [16]byte
}

func (n name) runText() string {
	r := n.run
	return fmt.Sprintf("%x-%x-%x-%x-%x", r[0:4], r[4:6], r[6:8], r[8:10], r[10:16])
}

// The n-th name after a real one, in rising order, so that every index grows at its end.
func nth(real name, n int) name {
	prefix, tail, _ := strings.Cut(real.workflow, "_")
	made := name{workflow: fmt.Sprintf("%s_%0*d", prefix, len(tail), n), run: real.run}
	binary.BigEndian.PutUint64(made.run[8:], 0x8000_0000_0000_0000|uint64(n))
	return made
}

// Every row of a table that `where` finds. Times stay the text that they are.
func rowsOf(db *sql.DB, table, where string, args ...any) ([]row, error) {
	info, err := db.Query("SELECT name, type FROM pragma_table_info(?)", table)
	if err != nil {
		return nil, err
	}
	defer info.Close()
	var columns, selected []string
	for info.Next() {
		var column, kind string
		if err := info.Scan(&column, &kind); err != nil {
			return nil, err
		}
		columns = append(columns, column)
		if kind == "TIMESTAMP" {
			selected = append(selected, "CAST("+column+" AS TEXT)")
		} else {
			selected = append(selected, column)
		}
	}
	found, err := db.Query("SELECT "+strings.Join(selected, ", ")+" FROM "+table+" WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var rows []row
	for found.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		rows = append(rows, row{table, columns, values})
	}
	return rows, found.Err()
}

func templateOf(db *sql.DB, workflow string) (name, []row, error) {
	real := name{workflow: workflow}
	var run []byte
	if err := db.QueryRow("SELECT run_id FROM current_executions WHERE workflow_id = ?", workflow).Scan(&run); err != nil {
		return real, nil, fmt.Errorf("%s: %w", workflow, err)
	}
	copy(real.run[:], run)
	var rows []row
	add := func(table, where string, args ...any) error {
		found, err := rowsOf(db, table, where, args...)
		rows = append(rows, found...)
		return err
	}
	for _, table := range []string{"executions", "current_executions", "timer_info_maps", "signals_requested_sets", "executions_visibility"} {
		if err := add(table, "workflow_id = ?", workflow); err != nil {
			return real, nil, err
		}
	}
	for _, table := range []string{"history_tree", "history_node"} {
		if err := add(table, "tree_id = ?", run); err != nil {
			return real, nil, err
		}
	}
	return real, rows, add("timer_tasks", "instr(data, CAST(? AS BLOB)) > 0", workflow)
}

func renamed(value any, from, to name) any {
	switch v := value.(type) {
	case []byte:
		for _, pair := range [][2][]byte{
			{[]byte(from.workflow), []byte(to.workflow)},
			{[]byte(from.runText()), []byte(to.runText())},
			{from.run[:], to.run[:]},
		} {
			v = bytes.ReplaceAll(v, pair[0], pair[1])
		}
		return v
	case string:
		return strings.ReplaceAll(strings.ReplaceAll(v, from.workflow, to.workflow), from.runText(), to.runText())
	}
	return value
}

func insert(ctx context.Context, tx *sql.Tx, rows []row) ([]*sql.Stmt, error) {
	var statements []*sql.Stmt
	for _, r := range rows {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(r.columns)), ", ")
		text := "INSERT INTO " + r.table + " (" + strings.Join(r.columns, ", ") + ") VALUES (" + marks + ")"
		statement, err := tx.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		statements = append(statements, statement)
	}
	return statements, nil
}

func run(path, workflow string, first, count int) error {
	ctx := context.Background()
	db, err := sql.Open("sqlite", path+"?_pragma=synchronous(0)&_pragma=cache_size(-500000)")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	real, rows, err := templateOf(db, workflow)
	if err != nil {
		return err
	}
	due := time.Now().Add(soonest)
	for from := first; from < first+count; from += batch {
		upTo := min(from+batch, first+count)
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		statements, err := insert(ctx, tx, rows)
		if err != nil {
			return err
		}
		for n := from; n < upTo; n++ {
			made := nth(real, n)
			for i, r := range rows {
				values := make([]any, len(r.values))
				for c, value := range r.values {
					values[c] = renamed(value, real, made)
					if r.table == "timer_tasks" && r.columns[c] == "visibility_timestamp" {
						values[c] = due.Add(spread / time.Duration(count) * time.Duration(n-first)).UTC().Format(stamp)
					}
				}
				if _, err := statements[i].ExecContext(ctx, values...); err != nil {
					return fmt.Errorf("%s: %w", r.table, err)
				}
			}
		}
		if err := tx.Commit(); err != nil {
			return err
		}
		fmt.Println(upTo - from)
	}
	_, err = db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "engine-rows <temporal.db> <workflow id> <first> <count>")
		os.Exit(2)
	}
	first, _ := strconv.Atoi(os.Args[3])
	count, _ := strconv.Atoi(os.Args[4])
	if err := run(os.Args[1], os.Args[2], first, count); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

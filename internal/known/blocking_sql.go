package known

// A database is a peer on the network, even if a driver like SQLite's keeps it in
// a file: there too one transaction waits for another. Not in the table: (*Stmt).Close,
// (*Conn).Close, which as a rule only give something back; the interfaces of
// database/sql/driver, which are for its implementers.
func sqlBlocking() map[string]Blocking {
	return map[string]Blocking{
		"(*database/sql.Conn).BeginTx":         {Net, true, "waits for the database"},
		"(*database/sql.Conn).ExecContext":     {Net, true, "waits for the database"},
		"(*database/sql.Conn).PingContext":     {Net, true, "waits for the database"},
		"(*database/sql.Conn).PrepareContext":  {Net, true, "waits for the database"},
		"(*database/sql.Conn).QueryContext":    {Net, true, "waits for the database"},
		"(*database/sql.Conn).QueryRowContext": {Net, true, "waits for the database"},
		"(*database/sql.DB).Begin":             {Net, false, "waits for the database"},
		"(*database/sql.DB).BeginTx":           {Net, true, "waits for the database"},
		"(*database/sql.DB).Close":             {Net, false, "waits for the database"}, // documented to wait for the queries in progress
		"(*database/sql.DB).Conn":              {Net, true, "waits for a database connection"},
		"(*database/sql.DB).Exec":              {Net, false, "waits for the database"},
		"(*database/sql.DB).ExecContext":       {Net, true, "waits for the database"},
		"(*database/sql.DB).Ping":              {Net, false, "waits for the database"},
		"(*database/sql.DB).PingContext":       {Net, true, "waits for the database"},
		"(*database/sql.DB).Prepare":           {Net, false, "waits for the database"},
		"(*database/sql.DB).PrepareContext":    {Net, true, "waits for the database"},
		"(*database/sql.DB).Query":             {Net, false, "waits for the database"},
		"(*database/sql.DB).QueryContext":      {Net, true, "waits for the database"},
		"(*database/sql.DB).QueryRow":          {Net, false, "waits for the database"},
		"(*database/sql.DB).QueryRowContext":   {Net, true, "waits for the database"},
		"(*database/sql.Row).Scan":             {Net, false, "waits for the database"}, // fetches the row; bounded if QueryRowContext was
		"(*database/sql.Rows).Close":           {Net, false, "waits for the database"}, // some drivers read what is left
		"(*database/sql.Rows).Next":            {Net, false, "waits for the database"}, // some drivers have read it all before
		"(*database/sql.Rows).NextResultSet":   {Net, false, "waits for the database"},
		"(*database/sql.Stmt).Exec":            {Net, false, "waits for the database"},
		"(*database/sql.Stmt).ExecContext":     {Net, true, "waits for the database"},
		"(*database/sql.Stmt).Query":           {Net, false, "waits for the database"},
		"(*database/sql.Stmt).QueryContext":    {Net, true, "waits for the database"},
		"(*database/sql.Stmt).QueryRow":        {Net, false, "waits for the database"},
		"(*database/sql.Stmt).QueryRowContext": {Net, true, "waits for the database"},
		"(*database/sql.Tx).Commit":            {Net, false, "waits for the database"},
		"(*database/sql.Tx).Exec":              {Net, false, "waits for the database"},
		"(*database/sql.Tx).ExecContext":       {Net, true, "waits for the database"},
		"(*database/sql.Tx).Prepare":           {Net, false, "waits for the database"},
		"(*database/sql.Tx).PrepareContext":    {Net, true, "waits for the database"},
		"(*database/sql.Tx).Query":             {Net, false, "waits for the database"},
		"(*database/sql.Tx).QueryContext":      {Net, true, "waits for the database"},
		"(*database/sql.Tx).QueryRow":          {Net, false, "waits for the database"},
		"(*database/sql.Tx).QueryRowContext":   {Net, true, "waits for the database"},
		"(*database/sql.Tx).Rollback":          {Net, false, "waits for the database"},
		"(*database/sql.Tx).Stmt":              {Net, false, "waits for the database"}, // prepares anew if stmt is not of this connection
		"(*database/sql.Tx).StmtContext":       {Net, true, "waits for the database"},
	}
}

package unwanted

func Bad() {} // want Bad:"bad"

func calls() {
	Bad()
}

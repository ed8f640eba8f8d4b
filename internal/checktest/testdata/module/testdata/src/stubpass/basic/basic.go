package basic

func Bad() {} // want Bad:"bad"

func Good() {}

func calls() {
	Bad() // want `^Bad is called; call Good$`
	Good()
	f := Bad
	f() // miss: the value of f is not followed
}

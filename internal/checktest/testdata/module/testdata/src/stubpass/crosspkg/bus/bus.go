package bus

func Bad() {} // want Bad:"bad"

func Good() {}

module github.com/eseries-simulator/eseriestest

go 1.19

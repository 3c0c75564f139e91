// What a program that uses the library loads before it begins.
import 'liqcalc';

"""The faults of the field, by the numbers of the design: each has a test that bears its number.

Here, with the real server and real kills: F01 F03 F05 F06 F07 F12 F13 F14 F15 F16 F17 F19 F20 F21 F22 F23 F28 F35 F36 F37 F38 F39 F43 F44
F46 F48 F49 F50. In tests/field/client, against a server that lies: F01 F02 F03 F04 (Chromium sends again by itself) F05 F07 F08 F09 F10 F11
F18 F19 F20 F21 F22 F23 F26 F27 F29 F30 F31 F32 F33 F34 F40 F41 F42 F43 F44 F45 F46. On the server's side, without a browser: F24 and F25
in tests/field/test_any_order.py and test_sync.py. F47, a second engine, is not tried: this machine has no WebKit.
"""

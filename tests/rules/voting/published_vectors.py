"""Examples that others published, for the standards that the vote log is made of."""

RFC_8032: list[dict[str, str]] = [
    {
        "name": "RFC 8032, section 7.1, TEST 1",
        "seed": "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "public": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "message": "",
        "signature": "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555f"
        "b8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    },
    {
        "name": "RFC 8032, section 7.1, TEST 2",
        "seed": "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "public": "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "message": "72",
        "signature": "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da08"
        "5ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    },
    {
        "name": "RFC 8032, section 7.1, TEST 3",
        "seed": "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "public": "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "message": "af82",
        "signature": "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18"
        "ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    },
    {
        "name": "RFC 8032, section 7.1, TEST SHA(abc)",
        "seed": "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "public": "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "message": "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "signature": "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909"
        "351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    },
]

SIGNED_NOTE = {
    "name": "golang.org/x/mod/sumdb/note, the example of its documentation",
    "vkey": "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "text": "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n",
    "signature_line": "\N{EM DASH} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZIn"
    "NIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
}

CT_LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
"""The inputs of Certificate Transparency's reference tree; its roots at sizes 0 to 8 follow."""

CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

CT_INCLUSION = {
    "index": 0,
    "size": 8,
    "proof": [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
}

CT_CONSISTENCY = [
    {
        "old": 6,
        "size": 8,
        "proof": [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    },
    {
        "old": 2,
        "size": 5,
        "proof": [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    },
]

CANONICAL: list[dict[str, str]] = [
    {
        "name": "RFC 8785, structures.json of its test data",
        "json": '{\n "1": {"f": {"f": "hi","F": 5} ,"\\n": 56},\n "10": { },\n "": "empty",\n'
        ' "a": { },\n "111": [ {} ],\n "A": { }\n}',
        "canonical": '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],'
        '"A":{},"a":{}}',
    },
    {
        "name": "RFC 8785, french.json of its test data",
        "json": '{\n "peach": "This sorting order",\n "péché": "is wrong according to French",\n'
        ' "pêche": "but canonicalization MUST",\n "sin":   "ignore locale"\n}',
        "canonical": '{"peach":"This sorting order","péché":"is wrong according to French",'
        '"pêche":"but canonicalization MUST","sin":"ignore locale"}',
    },
    {
        "name": "RFC 8785, section 3.2.3 without the name that is not NFC",
        "json": '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","1":"One",'
        '"\\ud83d\\ude02":"Smiley","\\u0080":"Control\\u007f",'
        '"\\u00f6":"Latin Small Letter O With Diaeresis","</script>":"Browser Challenge"}',
        "canonical": '{"\\r":"Carriage Return","1":"One","</script>":"Browser Challenge",'
        '"\u0080":"Control\u007f","ö":"Latin Small Letter O With Diaeresis",'
        '"€":"Euro Sign","😂":"Smiley"}',
    },
    {
        "name": "RFC 8785, the text and literals of section 3.2.2",
        "json": '{"string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/",'
        '"literals": [null, true, false]}',
        "canonical": '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    },
    {
        "name": "names order by UTF-16 units, not by code points",
        "json": '{"\\ue000": 1, "\\ud83d\\ude02": 2}',
        "canonical": '{"😂":2,"\ue000":1}',
    },
    {
        "name": "the largest number",
        "json": "[0, 9007199254740991]",
        "canonical": "[0,9007199254740991]",
    },
]

REFUSED: list[dict[str, str]] = [
    {"name": "RFC 8785, unicode.json: text that is not NFC", "json": '{"Unnormalized":"A\u030a"}'},
    {"name": "a name that is not NFC", "json": '{"\ufb33":0}'},
    {"name": "a fraction", "json": "[1.5]"},
    {"name": "a whole number written as a fraction", "json": "[1.0]"},
    {"name": "a power of ten", "json": "[1e3]"},
    {"name": "a number below zero", "json": "[-1]"},
    {"name": "2^53", "json": "[9007199254740992]"},
    {"name": "half of a surrogate pair", "json": '["\\ud800"]'},
]

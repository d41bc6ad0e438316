// Written by `npm run contracts -- build`; `npm run contracts -- check` compares it with contracts/src.

export const checkoutAbi = [
  {
    "inputs": [],
    "name": "AmountMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "feeBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maxFeeBps",
        "type": "uint256"
      }
    ],
    "name": "FeeTooHigh",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "sent",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "NativeAmountMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "NativeTransferFailed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      }
    ],
    "name": "NotAToken",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      }
    ],
    "name": "NotNative",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "feeBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maxFeeBps",
        "type": "uint256"
      }
    ],
    "name": "OrganizationFeeTooHigh",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "timestamp",
        "type": "uint256"
      }
    ],
    "name": "PaymentExpired",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      }
    ],
    "name": "PermitFailed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "recipient",
        "type": "address"
      }
    ],
    "name": "RecipientRefused",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "from",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "TokenTransferFailed",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "merchant",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "termsHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "fee",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "organizationFee",
        "type": "uint256"
      }
    ],
    "name": "Payment",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "MAX_FEE_BPS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MAX_ORGANIZATION_FEE_BPS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      }
    ],
    "name": "hashGasless",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "hashTerms",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "payNative",
    "outputs": [],
    "stateMutability": "payable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "payToken",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "payWithAuthorization",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "internalType": "uint8",
        "name": "v",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "r",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "s",
        "type": "bytes32"
      }
    ],
    "name": "payWithDaiPermit",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "internalType": "uint8",
        "name": "v",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "r",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "s",
        "type": "bytes32"
      }
    ],
    "name": "payWithDaiPermitRelayed",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "internalType": "uint8",
        "name": "v",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "r",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "s",
        "type": "bytes32"
      }
    ],
    "name": "payWithPermit",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "nonce",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "payWithPermit2",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "feeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "uint64",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "fee",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "recipient",
            "type": "address"
          }
        ],
        "internalType": "struct Relay",
        "name": "relay",
        "type": "tuple"
      },
      {
        "internalType": "address",
        "name": "payer",
        "type": "address"
      },
      {
        "internalType": "uint8",
        "name": "v",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "r",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "s",
        "type": "bytes32"
      }
    ],
    "name": "payWithPermitRelayed",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;

export const checkoutAddress = "0xFC25c00cc3C392E29326eC39133fF1a228381E76" as const;

export const checkoutCreationCode =
  "0x60808060405234601557612126908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f5f3560e01c80630facf80b14610d8957806321c2cacc14610d1457806323d857a2146107f757806342a4546c1461049c5780634dc50d921461045857806357d1d5131461012857806395231b40146103d25780639e74bbbf146102b7578063ad13dfae146101fd578063d02798e61461012d578063d55be8c6146101285763dacedbc21461009e575f80fd5b346101255761012261011a6100b236610f43565b67ffffffffffffffff6100d36100cb86979594976113f8565b339087611671565b956100e0604087016110e6565b926100ee610100880161111f565b9160ff604051966100fe88611134565b1686526020860152604085015216906060850135903390611d4d565b503390611cd5565b80f35b80fd5b610f09565b5034610125576101946101b66101c66101cb61014836610f94565b9492978894979261015b859b939b6113f8565b966101718a61016b898b8a611671565b996119be565b9087604088019d8e9261018c83610187866110e6565b611b38565b9788946110e6565b9160ff604051976101a489611134565b16875260208701526040860152611c2e565b90846101c18b6110e6565b611ddb565b611cd5565b803591826101d7578480f35b6101ef60206101e86101f5966110e6565b93016110e6565b91611eeb565b5f8080808480f35b50346101255761020c36610f94565b938380879361021d849796996113f8565b610228838288611671565b94610232916119be565b906040860199836102428c6110e6565b9061024c91611b38565b926102568c6110e6565b92858b359c8d60608c01359061026b91611398565b926040519561027987611134565b60ff1686526020860152604085015261029194611d4d565b9061029b8a6110e6565b926102a593611ddb565b6102ae92611cd5565b826101d7578480f35b5034610125576101207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610125576102f9336102f46113d2565b61142d565b6044359073ffffffffffffffffffffffffffffffffffffffff821682036103ce5760243573ffffffffffffffffffffffffffffffffffffffff8116810361039357604082015161034a913385611eeb565b80519081610397575b60209150015180610362578280f35b60c43573ffffffffffffffffffffffffffffffffffffffff811681036103935761038d923390611eeb565b5f808280f35b8380fd5b60843573ffffffffffffffffffffffffffffffffffffffff811681036103ca576020926103c5913386611eeb565b610353565b8480fd5b8280fd5b50346101255761012261011a6103e736610f43565b9391906103fe6103f6856113f8565b339086611671565b9467ffffffffffffffff6040860192610424610419856110e6565b9461018733916110e6565b92610432610100890161111f565b9160ff6040519761044289611134565b1687526020870152604086015216913390611c2e565b5034610125576101207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610125575060206104946113d2565b604051908152f35b5034610125577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101a081126107f357610120136101255760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc36011261012557610508610eb7565b906101843567ffffffffffffffff81116107f35761052a903690600401610edb565b92906105346113d2565b91610548610542828561142d565b936118f8565b9473ffffffffffffffffffffffffffffffffffffffff610566611036565b1695610124359361057985606435611398565b93604184036107265761058a611107565b9284604010156106f95788998560209a98999a116106f5578335956040116106f5576020840135813b156106f1578896604061012496899567ffffffffffffffff73ffffffffffffffffffffffffffffffffffffffff9a84519d8e9c8d9b7fef55bec6000000000000000000000000000000000000000000000000000000008d521660048c01523060248c015260448b01528860648b015216608489015260a4880152013560f81c60c486015260e48501526101048401525af180156106e6576106d1575b50505b602061065c611036565b92610674610668611059565b60408301519086611a70565b8051806106b9575b500151806106a1575b508061068f578280f35b61038d9161069b6110c2565b90611a70565b6106b3906106ad61109f565b84611a70565b5f610685565b6106cb906106c561107c565b86611a70565b5f61067c565b816106db91611199565b6103ce57825f61064f565b6040513d84823e3d90fd5b8880fd5b8780fd5b6024897f4e487b710000000000000000000000000000000000000000000000000000000081526032600452fd5b9391929087989161073998969798611107565b95833b156106f5576107c873ffffffffffffffffffffffffffffffffffffffff93899793889467ffffffffffffffff6040519b8c9a8b998a987f88b7ab63000000000000000000000000000000000000000000000000000000008a52166004890152306024890152604488015287606488015216608486015260a485015260e060c485015260e484019161135a565b03925af180156106e6576107de575b5050610652565b816107e891611199565b6103ce57825f6107d7565b5080fd5b5034610cca577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101c08112610cca5761012013610cca5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc360112610cca57610863610eb7565b6101a43567ffffffffffffffff8111610cca57610884903690600401610edb565b61089461088f611036565b611a24565b61089c6113d2565b926108a7818561142d565b90604051906108b760a083611199565b600482526080925f5b848110610cf15750604051936108d760a086611199565b600485525f5b818110610cce5750509160209161098a61096d7f4761736c6573735061796d656e74207769746e6573732900000000000000000095610950610935610920611036565b610928611059565b6040850151918c8a612058565b61093d611036565b61094561107c565b908451928c8a6120f5565b90610959611036565b8761096261109f565b920151928a886120f5565b610975611036565b61097d6110c2565b90610124359289876120f5565b8083528552610997611107565b91604051906109a582611134565b81526109ca84820199610184358b5267ffffffffffffffff60408401951685526118f8565b92610a63602e6109d86111da565b6037886109e3611261565b6040519a8b948186019d8e528051918291018587015e8401908382015f8152815193849201905e01017f546f6b656e5065726d697373696f6e73286164647265737320746f6b656e2c7581527f696e7432353620616d6f756e7429000000000000000000000000000000000000602082015203600e810188520186611199565b6e22d473030f116ddee9f6b43ac78ba33b15610cca576040517ffe8ec1a700000000000000000000000000000000000000000000000000000000815260c060048201529151606060c484015280516101248401819052929a8b999897969594936101448b019392602001905f5b818110610c76575050505160e48a0152516101048901527ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc888203016024890152602080875192838152019601905f5b818110610c2857505050937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f5f999589989560209573ffffffffffffffffffffffffffffffffffffffff610bec9a1660448c015260648b01527ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc8a86030160848b01525180918186528686015e8a8582860101520116017ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82878303010160a4870152019161135a565b0381836e22d473030f116ddee9f6b43ac78ba35af18015610c1d57610c0f575080f35b610c1b91505f90611199565b005b6040513d5f823e3d90fd5b9197985091929394956020604082610c636001948c516020809173ffffffffffffffffffffffffffffffffffffffff81511684520151910152565b0198019101918a98979695949392610b20565b9195969798999a9b509192936020604082610cb46001948a516020809173ffffffffffffffffffffffffffffffffffffffff81511684520151910152565b0196019101918d9b9a9998979695949392610ad0565b5f80fd5b602090604051610cdd8161117d565b5f81525f83820152828289010152016108dd565b602090604051610d008161117d565b5f81525f83820152828287010152016108c0565b34610cca577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101608112610cca5761012013610cca5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc360112610cca576020610494610d846113d2565b6118f8565b6101207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610cca5773ffffffffffffffffffffffffffffffffffffffff610dd1611036565b16610e6e57606435803403610e3f576020610df4610ded6113d2565b339061142d565b610e0a610dff611059565b604083015190611899565b805180610e2d575b50015180610e1c57005b610c1b90610e2861109f565b611899565b610e3990610e2861107c565b82610e12565b7f7e957b11000000000000000000000000000000000000000000000000000000005f523460045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff610e8b611036565b7f863d608a000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b610164359073ffffffffffffffffffffffffffffffffffffffff82168203610cca57565b9181601f84011215610cca5782359167ffffffffffffffff8311610cca5760208381860195010111610cca57565b34610cca575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610cca5760206040516103e88152f35b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc016101808112610cca5761012013610cca576004906101243560ff81168103610cca579061014435906101643590565b907ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82016101e08112610cca5761012013610cca5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc6004930112610cca57610124906101643573ffffffffffffffffffffffffffffffffffffffff81168103610cca57906101843560ff81168103610cca57906101a435906101c43590565b60443573ffffffffffffffffffffffffffffffffffffffff81168103610cca5790565b60243573ffffffffffffffffffffffffffffffffffffffff81168103610cca5790565b60843573ffffffffffffffffffffffffffffffffffffffff81168103610cca5790565b60c43573ffffffffffffffffffffffffffffffffffffffff81168103610cca5790565b6101443573ffffffffffffffffffffffffffffffffffffffff81168103610cca5790565b3573ffffffffffffffffffffffffffffffffffffffff81168103610cca5790565b6101043567ffffffffffffffff81168103610cca5790565b3567ffffffffffffffff81168103610cca5790565b6060810190811067ffffffffffffffff82111761115057604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040810190811067ffffffffffffffff82111761115057604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761115057604052565b604051906111e9608083611199565b604d82527f466565526563697069656e7429000000000000000000000000000000000000006060837f4761736c6573735061796d656e74285061796d656e745465726d73207465726d60208201527f732c75696e743235362072656c61794665652c616464726573732072656c617960408201520152565b6040519061127060e083611199565b60aa82527f20646561646c696e65290000000000000000000000000000000000000000000060c0837f5061796d656e745465726d73286279746573313620757569642c61646472657360208201527f73206d65726368616e742c6164647265737320746f6b656e2c75696e7432353660408201527f20616d6f756e742c6164647265737320666565526563697069656e742c75696e60608201527f743136206665654270732c61646472657373206f7267616e697a6174696f6e2c60808201527f75696e743136206f7267616e697a6174696f6e4665654270732c75696e74363460a08201520152565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b919082018092116113a557565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b6101406113dd611261565b60208151910120604051908152610120600460208301372090565b61014090610120611407611261565b602081519101209160405192835260208301372090565b3561ffff81168103610cca5790565b91906040519261143c84611134565b5f8452602084015f8152604085015f815285606435916101043567ffffffffffffffff811690818103610cca5781421161164157505060a43561ffff8116908181141580610cca576103e8831161160e5760e4359261ffff841692838514159283610cca576103e885116115dc5788156115b457610cca575080870290878204036113a5576127109004808652860390818552610cca5761271092500204809452838151039052600435927fffffffffffffffffffffffffffffffff000000000000000000000000000000008416809403610cca576024359573ffffffffffffffffffffffffffffffffffffffff871696878103610cca57506044359173ffffffffffffffffffffffffffffffffffffffff8316808403610cca577f15d13784bcef693c6f77b56809ad33ef3eb92eaa42a8173b2eea11333f10fb529560a09573ffffffffffffffffffffffffffffffffffffffff95505191604051998a5260208a01526040890152606088015260808701521693a4565b7f7dd2de87000000000000000000000000000000000000000000000000000000005f5260045ffd5b847f8fbf63a6000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b50507fe757126a000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b507fd0974271000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b9291906040519361168185611134565b5f855260208501905f825260408601915f835286606083013593610100840167ffffffffffffffff6116b28261111f565b164211611857575060a084016103e861ffff6116cd8361141e565b16116118195760e08501906103e861ffff6116e78461141e565b16116117db5786156115b4576116ff61ffff9161141e565b169081870291878304036113a55761ffff61172761271080940480875289039283865261141e565b1602048093528281510390528235937fffffffffffffffffffffffffffffffff000000000000000000000000000000008516809503610cca578360a09373ffffffffffffffffffffffffffffffffffffffff938493846117b660406117af60207f15d13784bcef693c6f77b56809ad33ef3eb92eaa42a8173b2eea11333f10fb529c016110e6565b96016110e6565b9251926040519b8c521660208b015260408a01526060890152608088015216951693a4565b61ffff6117e78361141e565b7f8fbf63a6000000000000000000000000000000000000000000000000000000005f52166004526103e860245260445ffd5b61182561ffff9161141e565b7fe757126a000000000000000000000000000000000000000000000000000000005f52166004526103e860245260445ffd5b61186967ffffffffffffffff9161111f565b7fd0974271000000000000000000000000000000000000000000000000000000005f52166004524260245260445ffd5b6118a281611fbd565b5f80808085855af1156118b3575050565b73ffffffffffffffffffffffffffffffffffffffff907fa5b05eec000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b6119006111da565b602061196361190d611261565b826040519384928180850197805191829101895e8401908282015f8152815193849201905e01015f8152037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282611199565b519020906101443573ffffffffffffffffffffffffffffffffffffffff811690818103610cca5750604051916020830193845260408301526101243560608301526080820152608081526119b860a082611199565b51902090565b73ffffffffffffffffffffffffffffffffffffffff6119db6111da565b60206119e861190d611261565b519020926119f8602082016110e6565b9060405193602085019586526040850152356060840152166080820152608081526119b860a082611199565b803b15611a2e5750565b73ffffffffffffffffffffffffffffffffffffffff907ff0ae59ab000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b9091611a7b83611fbd565b60205f60446040517fa9059cbb00000000000000000000000000000000000000000000000000000000815286600482015284602482015282865af13d15611b2e5760015f5114601f3d1116165b15611ad257505050565b6040517fabae3d6d00000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff92831660048201523060248201529290911660448301526064820152608490fd5b823b151516611ac8565b9073ffffffffffffffffffffffffffffffffffffffff6024602092611b5c85611a24565b8260405195869485937f7ecebe00000000000000000000000000000000000000000000000000000000008552166004840152165afa908115610c1d575f91611ba2575090565b90506020813d602011611bc9575b81611bbd60209383611199565b81010312610cca575190565b3d9150611bb0565b3d15611c29573d9067ffffffffffffffff82116111505760405191611c1e601f82017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200184611199565b82523d5f602084013e565b606090565b915f94908594859260ff81511660406020830151920151926040519473ffffffffffffffffffffffffffffffffffffffff60208701987f8fcbaf0c000000000000000000000000000000000000000000000000000000008a5216602487015230604487015260648601526084850152600160a485015260c484015260e48301526101048201526101048152611cc561012482611199565b51925af1611cd1611bd1565b5090565b916020611ce4604085016110e6565b91611d00611cf38387016110e6565b6040830151908686611eeb565b805180611d30575b5001519182611d18575b50505050565b6101ef60c0611d2795016110e6565b5f808080611d12565b611d4790611d40608088016110e6565b8686611eeb565b5f611d08565b915f94908594859260ff81511660406020830151920151926040519473ffffffffffffffffffffffffffffffffffffffff60208701987fd505accf000000000000000000000000000000000000000000000000000000008a521660248701523060448701526064860152608485015260a484015260c483015260e482015260e48152611cc561010482611199565b91909215908115611e38575b50611df0575050565b9073ffffffffffffffffffffffffffffffffffffffff80927f6fef213c000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b9050604051907f7ecebe0000000000000000000000000000000000000000000000000000000000825273ffffffffffffffffffffffffffffffffffffffff8416600483015260208260248173ffffffffffffffffffffffffffffffffffffffff87165afa918215610c1d575f92611eb6575b5060010114155f611de7565b9091506020813d602011611ee3575b81611ed260209383611199565b81010312610cca5751906001611eaa565b3d9150611ec5565b91929092611ef881611fbd565b60205f60646040517f23b872dd00000000000000000000000000000000000000000000000000000000815287600482015284602482015285604482015282875af13d15611fb35760015f5114601f3d1116165b15611f565750505050565b6040517fabae3d6d00000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff9384166004820152938316602485015290911660448301526064820152608490fd5b833b151516611f4b565b73ffffffffffffffffffffffffffffffffffffffff168015801561200e575b611fe35750565b7f5659e029000000000000000000000000000000000000000000000000000000005f5260045260245ffd5b50308114611fdc565b805182101561202b5760209160051b010190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b939290919280156120ec576120b15f6120e696819661207686611fbd565b73ffffffffffffffffffffffffffffffffffffffff604051916120988361117d565b1681528460208201526120ab8383612017565b52612017565b5073ffffffffffffffffffffffffffffffffffffffff604051926120d48461117d565b16825260208201526120ab8383612017565b50600190565b50505050505f90565b9094919392821561211d579284926120b184600198946121189761207686611fbd565b500190565b5050505090509056" as const;

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
        "name": "amount",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maxAmount",
        "type": "uint256"
      }
    ],
    "name": "AmountTooLarge",
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

export const checkoutAddress = "0x7CFAE680f134f80d171ABD017F30f88312748dE4" as const;

export const checkoutCreationCode =
  "0x60808060405234601557611c9c908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f5f3560e01c80630facf80b14610e0157806321c2cacc14610d8c57806323d857a21461070f57806342a4546c146103ba5780634dc50d921461037657806357d1d513146100fd57806395231b401461031e5780639e74bbbf1461020c578063ad13dfae1461018c578063d02798e614610102578063d55be8c6146100fd5763dacedbc21461009e575f80fd5b346100fa576100f76100e66100b236610fad565b916100c1604085969501611150565b67ffffffffffffffff6100d76101008801611189565b169060608701359033906119f6565b33906100f1816112aa565b9061197c565b80f35b80fd5b610f73565b50346100fa5761015e61016361011736610ffe565b949091968396949761015761012e60408501611150565b97610138856112aa565b956101438c8861178b565b9361014e898c61188b565b94858a8d611917565b8487611a53565b61197c565b8235918261016f578480f35b61017e60206101849501611150565b91611a6c565b5f8080808480f35b50346100fa5761019b36610ffe565b92859193604082949697016101af90611150565b946101b9846112aa565b916101c4898461178b565b906101cf858961188b565b928a35998a6060890135906101e391611239565b936101ef94888c6119f6565b6101fa908387611a53565b6102039261197c565b8261016f578480f35b50346100fa576101207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100fa57610251610248611273565b3390600461154a565b906044359273ffffffffffffffffffffffffffffffffffffffff84168403610316576024359073ffffffffffffffffffffffffffffffffffffffff8216820361031a5761029f913386611a6c565b806102e4575b50806102af578280f35b60c43573ffffffffffffffffffffffffffffffffffffffff811681036102e0576102da923390611a6c565b5f808280f35b8380fd5b6084359073ffffffffffffffffffffffffffffffffffffffff8216820361031657610310913385611a6c565b5f6102a5565b8480fd5b8580fd5b50346100fa576100f76100e661033336610fad565b9160408495940161035661035061034983611150565b339061188b565b91611150565b9067ffffffffffffffff61036d6101008901611189565b16913390611917565b50346100fa576101207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100fa575060206103b2611273565b604051908152f35b50346100fa577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101a0811261070b57610120136100fa5760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc3601126100fa57610426610f21565b610184359067ffffffffffffffff82116107075761044b610469923690600401610f45565b90610454611273565b9061045f84836112f0565b949196909361174f565b9173ffffffffffffffffffffffffffffffffffffffff6104876110a0565b1690610124359661049a88606435611239565b948a6041860361063f57506104ad611171565b938560401015610612579085949392918c979660201161060e5783359560401161060e576020840135813b1561060a578896604061012496899567ffffffffffffffff73ffffffffffffffffffffffffffffffffffffffff9a84519d8e9c8d9b7fef55bec6000000000000000000000000000000000000000000000000000000008d521660048c01523060248c015260448b01528860648b015216608489015260a4880152013560f81c60c486015260e48501526101048401525af180156105ff576105ea575b50505b6105916105826110a0565b9461058b6110c3565b866117c3565b806105d2575b50806105ba575b50806105a8578280f35b6102da916105b461112c565b906117c3565b6105cc906105c6611109565b846117c3565b5f61059e565b6105e4906105de6110e6565b856117c3565b5f610597565b816105f4916111ba565b61031657845f610574565b6040513d84823e3d90fd5b8880fd5b8780fd5b60248c7f4e487b710000000000000000000000000000000000000000000000000000000081526032600452fd5b95929093919461064d611171565b95833b1561060e576106dc73ffffffffffffffffffffffffffffffffffffffff93899793889467ffffffffffffffff6040519b8c9a8b998a987f88b7ab63000000000000000000000000000000000000000000000000000000008a52166004890152306024890152604488015287606488015216608486015260a485015260e060c485015260e48401916111fb565b03925af180156105ff576106f2575b5050610577565b816106fc916111ba565b61031657845f6106eb565b8280fd5b5080fd5b5034610cd3577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101c08112610cd35761012013610cd35760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc360112610cd35761077b610f21565b6101a43567ffffffffffffffff8111610cd35761079c903690600401610f45565b6107a46110a0565b803b15610d4a57506107b4611273565b926107bf81856112f0565b604051929392916107d160a0846111ba565b600483526080945f5b868110610d275750604051956107f160a0886111ba565b600487525f5b818110610d045750509161083f61085792610827610874956108176110a0565b61081f6110c3565b908b8a611bce565b61082f6110a0565b6108376110e6565b918a89611c6b565b6108476110a0565b61084f611109565b918887611c6b565b61085f6110a0565b61086761112c565b9061012435928786611c6b565b8082528352610881611171565b91604051916060830183811067ffffffffffffffff821117610cd75760405282526108c6602083019761018435895267ffffffffffffffff604085019516855261174f565b9060405192610160840184811067ffffffffffffffff821117610cd75760405261013c845260208401947f4761736c6573735061796d656e74207769746e657373294761736c657373506186527f796d656e74285061796d656e745465726d73207465726d732c75696e7432353660408601527f2072656c61794665652c616464726573732072656c617946656552656369706960608601527f656e74295061796d656e745465726d73286279746573313620757569642c616460808601527f6472657373206d65726368616e742c6164647265737320746f6b656e2c75696e60a08601527f7432353620616d6f756e742c6164647265737320666565526563697069656e7460c08601527f2c75696e743136206665654270732c61646472657373206f7267616e697a617460e08601527f696f6e2c75696e743136206f7267616e697a6174696f6e4665654270732c75696101008601527f6e74363420646561646c696e6529546f6b656e5065726d697373696f6e7328616101208601527f64647265737320746f6b656e2c75696e7432353620616d6f756e7429000000006101408601526e22d473030f116ddee9f6b43ac78ba33b15610cd3576040517ffe8ec1a700000000000000000000000000000000000000000000000000000000815260c060048201529151606060c484015280516101248401819052929a8b999897969594936101448b019392602001905f5b818110610c7f575050505160e48a0152516101048901527ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc888203016024890152602080875192838152019601905f5b818110610c3157505050937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f5f999589989560209573ffffffffffffffffffffffffffffffffffffffff610bf59a1660448c015260648b01527ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc8a86030160848b01525180918186528686015e8a8582860101520116017ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82878303010160a487015201916111fb565b0381836e22d473030f116ddee9f6b43ac78ba35af18015610c2657610c18575080f35b610c2491505f906111ba565b005b6040513d5f823e3d90fd5b9197985091929394956020604082610c6c6001948c516020809173ffffffffffffffffffffffffffffffffffffffff81511684520151910152565b0198019101918a98979695949392610b29565b9195969798999a9b509192936020604082610cbd6001948a516020809173ffffffffffffffffffffffffffffffffffffffff81511684520151910152565b0196019101918d9b9a9998979695949392610ad9565b5f80fd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b602090604051610d138161119e565b5f81525f8382015282828b010152016107f7565b602090604051610d368161119e565b5f81525f83820152828288010152016107da565b73ffffffffffffffffffffffffffffffffffffffff907ff0ae59ab000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b34610cd3577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016101608112610cd35761012013610cd35760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc360112610cd35760206103b2610dfc611273565b61174f565b6101207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610cd35773ffffffffffffffffffffffffffffffffffffffff610e496110a0565b16610ed857606435803403610ea957610e7d610e6d610e66611273565b33906112f0565b929091610e786110c3565b6116f0565b80610e97575b5080610e8b57005b610c2490610e78611109565b610ea390610e786110e6565b81610e83565b7f7e957b11000000000000000000000000000000000000000000000000000000005f523460045260245260445ffd5b73ffffffffffffffffffffffffffffffffffffffff610ef56110a0565b7f863d608a000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b610164359073ffffffffffffffffffffffffffffffffffffffff82168203610cd357565b9181601f84011215610cd35782359167ffffffffffffffff8311610cd35760208381860195010111610cd357565b34610cd3575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610cd35760206040516103e88152f35b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc016101808112610cd35761012013610cd3576004906101243560ff81168103610cd3579061014435906101643590565b907ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82016101e08112610cd35761012013610cd35760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedc6004930112610cd357610124906101643573ffffffffffffffffffffffffffffffffffffffff81168103610cd357906101843560ff81168103610cd357906101a435906101c43590565b60443573ffffffffffffffffffffffffffffffffffffffff81168103610cd35790565b60243573ffffffffffffffffffffffffffffffffffffffff81168103610cd35790565b60843573ffffffffffffffffffffffffffffffffffffffff81168103610cd35790565b60c43573ffffffffffffffffffffffffffffffffffffffff81168103610cd35790565b6101443573ffffffffffffffffffffffffffffffffffffffff81168103610cd35790565b3573ffffffffffffffffffffffffffffffffffffffff81168103610cd35790565b6101043567ffffffffffffffff81168103610cd35790565b3567ffffffffffffffff81168103610cd35790565b6040810190811067ffffffffffffffff821117610cd757604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff821117610cd757604052565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b9190820180921161124657565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b6101406040517fa63af10429d9078a67c9658229bb6df98b89487a6096e1f2430150c7c5564d6d8152610120600460208301372090565b61014090610120604051917fa63af10429d9078a67c9658229bb6df98b89487a6096e1f2430150c7c5564d6d835260208301372090565b3561ffff81168103610cd35790565b906064359260a4359161ffff831692838103610cd3575060e4359261ffff841693848103610cd357506101043567ffffffffffffffff811690818103610cd35781421161151a5750506103e881116114e9576103e884116114b757851561148f576fffffffffffffffffffffffffffffffff861161144f5761271090860204936127108587039485020480940395600435907fffffffffffffffffffffffffffffffff000000000000000000000000000000008216809203610cd3576024359373ffffffffffffffffffffffffffffffffffffffff851694858103610cd3575060443573ffffffffffffffffffffffffffffffffffffffff811691828203610cd3577f15d13784bcef693c6f77b56809ad33ef3eb92eaa42a8173b2eea11333f10fb529360a09373ffffffffffffffffffffffffffffffffffffffff9350604051978852602088015260408701528960608701528860808701521693a4565b857f7f162703000000000000000000000000000000000000000000000000000000005f526004526fffffffffffffffffffffffffffffffff60245260445ffd5b7f7dd2de87000000000000000000000000000000000000000000000000000000005f5260045ffd5b837f8fbf63a6000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b7fe757126a000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b507fd0974271000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b9260608401359261ffff61156060a087016112e1565b169261ffff61157160e088016112e1565b1693610100870167ffffffffffffffff61158a82611189565b1642116116ae57506103e881116114e9576103e8851161167c57851561148f576fffffffffffffffffffffffffffffffff861161144f57612710908602049461271086820395860204809503968035917fffffffffffffffffffffffffffffffff000000000000000000000000000000008316809303610cd35773ffffffffffffffffffffffffffffffffffffffff808360a09382611658604061165160207f15d13784bcef693c6f77b56809ad33ef3eb92eaa42a8173b2eea11333f10fb529a01611150565b9401611150565b604051998a5216602089015260408801528a606088015289608088015216951693a4565b847f8fbf63a6000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b6116c067ffffffffffffffff91611189565b7fd0974271000000000000000000000000000000000000000000000000000000005f52166004524260245260445ffd5b6116f981611b3e565b5f80808085855af11561170a575050565b73ffffffffffffffffffffffffffffffffffffffff907fa5b05eec000000000000000000000000000000000000000000000000000000005f521660045260245260445ffd5b608090604051907f9ee01e11c9a1cad2cc49b0e62a1e96db1ecd04a944e67e8e86f48888be751d59825260208201526040610124818301372090565b60406080928151927f9ee01e11c9a1cad2cc49b0e62a1e96db1ecd04a944e67e8e86f48888be751d5984526020840152818301372090565b90916117ce83611b3e565b60205f60446040517fa9059cbb00000000000000000000000000000000000000000000000000000000815286600482015284602482015282805282865af160015f511481161561187f575b1561182357505050565b6040517fabae3d6d00000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff92831660048201523060248201529290911660448301526064820152608490fd5b823b15153d1016611819565b91907f7ecebe00000000000000000000000000000000000000000000000000000000005f528060045260205f602481865afa601f3d1116925f5193156118cf575050565b9073ffffffffffffffffffffffffffffffffffffffff80927f6fef213c000000000000000000000000000000000000000000000000000000005f52166004521660245260445ffd5b9092955f96956101049588978895604051977f8fcbaf0c0000000000000000000000000000000000000000000000000000000089526004890152306024890152604488015260648701526001608487015260a486015260c485015260e48401525af150565b919081611989918461154a565b92906119ae61199a60408701611150565b936119a760208801611150565b8486611a6c565b806119d9575b50826119c1575b50505050565b61017e60c06119d09501611150565b5f8080806119bb565b6119f0906119e960808701611150565b8385611a6c565b5f6119b4565b9092955f969560e49588978895604051977fd505accf000000000000000000000000000000000000000000000000000000008952600489015230602489015260448801526064870152608486015260a485015260c48401525af150565b90916001611a61848461188b565b9101036118cf575050565b91929092611a7981611b3e565b60205f60646040517f23b872dd00000000000000000000000000000000000000000000000000000000815287600482015284602482015285604482015282805282875af160015f5114811615611b32575b15611ad55750505050565b6040517fabae3d6d00000000000000000000000000000000000000000000000000000000815273ffffffffffffffffffffffffffffffffffffffff9384166004820152938316602485015290911660448301526064820152608490fd5b833b15153d1016611aca565b308114811517611b4b5750565b73ffffffffffffffffffffffffffffffffffffffff907f5659e029000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b8051821015611ba15760209160051b010190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b93929091928015611c6257611c275f611c5c968196611bec86611b3e565b73ffffffffffffffffffffffffffffffffffffffff60405191611c0e8361119e565b168152846020820152611c218383611b8d565b52611b8d565b5073ffffffffffffffffffffffffffffffffffffffff60405192611c4a8461119e565b1682526020820152611c218383611b8d565b50600190565b50505050505f90565b90949193928215611c9357928492611c278460019894611c8e97611bec86611b3e565b500190565b5050505090509056" as const;

/** Of the code at its address. */
export const checkoutCodeHash = "0x4fcb8d101a797151260ed62e681788b03e9b98214336df56f83e338280e47afc" as const;
